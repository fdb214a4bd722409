import type { Processes, Program } from '../../engine/processes.ts';
import type { Picoseconds } from '../../units.ts';
import type { Actor } from '../life/life-trace.ts';
import type { PageProvider } from './page-provider.ts';
import type { UserPages } from './user-pages.ts';

/** One unbind of a provider's driver; times in ps. */
export interface Removal {
  readonly from: number;
  /** Null: it still waits. */
  to: number | null;
  /** References when it began, and when the users' mappings had gone. */
  readonly references: number;
  afterMappings: number;
}

/** What an unbind works with. */
export interface UnbindScene {
  readonly provider: PageProvider;
  readonly users: UserPages;
  readonly processes: Processes;
  /** Of RCU: until all see that the pool has gone. */
  readonly grace: Picoseconds;
}

/**
 * The driver of a provider unbinds: users' mappings go, the pool's pointer is cleared, a grace period passes, and then it waits
 * until all references are gone, however long that takes. Source: kernel-p2pdma, section 5.2 (vectors L13 and L14).
 */
export function* unbind(
  actor: Actor,
  { provider, users, processes, grace }: UnbindScene,
  removals: Removal[],
): Program {
  const { references } = provider;
  const removal: Removal = { from: processes.now, to: null, references, afterMappings: references };
  removals.push(removal);
  users.tearDown(actor);
  provider.beginUnbind(actor);
  removal.afterMappings = provider.references;
  yield grace;
  while (provider.references > 0) yield provider.changed;
  provider.endUnbind(actor);
  removal.to = processes.now;
}
