import type { RedirectEntry } from './child-entry.ts';
import type { DocumentPath } from './model-error.ts';
import type { SystemNode } from './system.ts';

/** A node and where it stands in the file. */
export interface Placed {
  readonly node: SystemNode;
  readonly path: DocumentPath;
  /** Whether the file states this function's ACS registers. */
  readonly ownAcs: boolean;
}

/** An `acs: { redirect }` of the system (`owner` null) or of a switch. */
export interface RedirectRule {
  readonly owner: string | null;
  readonly ports: RedirectEntry;
  readonly path: DocumentPath;
}
