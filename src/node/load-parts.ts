import type { Part } from '../system/part.ts';
import { listParts, loadPart } from './load-part.ts';

/** All parts of this package, with their numbers. Throws ModelError. */
export const loadParts = (): readonly Part[] => listParts().map((name) => loadPart(name));
