/** Widths of text in one font. */
export interface FontMetrics {
  /** Sum of the advance widths in the unit of `fontSize`, without kerning. */
  textWidth(text: string, fontSize: number): number;
}

interface Table {
  readonly offset: number;
  readonly length: number;
}

function findTable(font: DataView, tag: string): Table {
  const count = font.getUint16(4);
  for (let record = 12; record < 12 + 16 * count; record += 16) {
    const name = String.fromCharCode(...[0, 1, 2, 3].map((index) => font.getUint8(record + index)));
    if (name === tag) return { offset: font.getUint32(record + 8), length: font.getUint32(record + 12) };
  }
  throw new RangeError(`the font has no table "${tag}"; expected a TrueType or OpenType file`);
}

/** Offset of the first subtable with segments for the Basic Multilingual Plane (format 4). */
function findCharacterMap(font: DataView): number {
  const { offset } = findTable(font, 'cmap');
  const count = font.getUint16(offset + 2);
  for (let record = 0; record < count; record++) {
    const subtable = offset + font.getUint32(offset + 4 + 8 * record + 4);
    if (font.getUint16(subtable) === 4) return subtable;
  }
  throw new RangeError('the font has no character map of format 4; expected one for Unicode');
}

/** Glyph of a code point, 0 (the replacement glyph) where the font has none. Source: OpenType, "cmap", format 4. */
function glyphOf(font: DataView, map: number, code: number): number {
  const bytes = font.getUint16(map + 6);
  const ends = map + 14;
  const starts = ends + bytes + 2;
  for (let segment = 0; segment < bytes; segment += 2) {
    if (code > font.getUint16(ends + segment)) continue;
    const start = font.getUint16(starts + segment);
    if (code < start) return 0;
    const delta = font.getUint16(starts + bytes + segment);
    const rangeAt = starts + 2 * bytes + segment;
    const range = font.getUint16(rangeAt);
    const glyph = range === 0 ? code : font.getUint16(rangeAt + range + 2 * (code - start));
    return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
  }
  return 0;
}

/**
 * Reads the advance widths of a TrueType font: tables head, hhea, hmtx and cmap (OpenType 1.9). Throws RangeError where
 * one is missing.
 */
export function readFontMetrics(file: Uint8Array): FontMetrics {
  const font = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const unitsPerEm = font.getUint16(findTable(font, 'head').offset + 18);
  const last = font.getUint16(findTable(font, 'hhea').offset + 34) - 1;
  const advances = findTable(font, 'hmtx').offset;
  const map = findCharacterMap(font);
  const advance = (code: number): number =>
    font.getUint16(advances + 4 * Math.min(glyphOf(font, map, code), last));
  return {
    textWidth(text, fontSize) {
      let units = 0;
      for (const letter of text) units += advance(letter.codePointAt(0) ?? 0);
      return (units * fontSize) / unitsPerEm;
    },
  };
}
