/** What needs files: the models of this package, and the user's own. */

export { listKernelProfiles, loadKernelProfile } from './load-kernel.ts';
export { listParts, loadPart } from './load-part.ts';
export { listSystems, loadSystem } from './load-system.ts';
