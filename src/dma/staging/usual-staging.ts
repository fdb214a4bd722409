import { bytes } from '../../units.ts';

/** Staging buffers where nobody says: two, so that one is filled while the other is read. Assumed: no figure of a driver found. */
export const USUAL_STAGING = { buffers: 2, size: bytes(512 * 1024) } as const;
