import { FONT_FAMILY } from './theme.ts';

/** Files of the theme's font, TrueType, as `paperFont` of `src/node/fonts.ts` finds them. */
export interface PngOptions {
  readonly fontFiles: readonly string[];
  /** Pixels of the picture for one px of the SVG; 3 is 288 dpi at the width of the column. */
  readonly scale?: number;
}

const PROBE = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9" font-family="'${FONT_FAMILY}'">M</text></svg>`;

/**
 * Draws SVG text as the bytes of a PNG file with the fonts of `fontFiles` alone. Throws RangeError when none of them can
 * be read, for resvg would leave out all text without a word.
 */
export async function renderPng(svg: string, options: PngOptions): Promise<Uint8Array> {
  const { Resvg } = await import('@resvg/resvg-js');
  const font = { fontFiles: [...options.fontFiles], loadSystemFonts: false, defaultFontFamily: FONT_FAMILY };
  if (!new Resvg(PROBE, { font }).getBBox()) {
    throw new RangeError(
      `no font in [${options.fontFiles.join(', ')}]; expected a TrueType file of ${FONT_FAMILY}, as npm installs it`,
    );
  }
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: options.scale ?? 3 } }).render().asPng();
}
