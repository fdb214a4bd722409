import { type Bytes, bytes } from '../../units.ts';

/**
 * The largest chunk of at most `limit` bytes that a transfer of `size` bytes is whole chunks of; null where that takes more than
 * twice the chunks that the size needs at least.
 */
export function equalChunk(size: Bytes, limit: Bytes): Bytes | null {
  const least = Math.ceil(size / limit);
  for (let count = least; count <= 2 * least; count++) if (size % count === 0) return bytes(size / count);
  return null;
}
