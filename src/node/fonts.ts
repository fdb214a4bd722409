import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The font of the charts as npm installed it. */
export interface PaperFont {
  /** Path of the TrueType file, which resvg and pdfkit take. */
  readonly file: string;
  readonly bytes: Uint8Array;
}

/** Finds and reads Source Sans 3 Regular (SIL Open Font License 1.1). Throws the error of Node where it is not installed. */
export function paperFont(): PaperFont {
  const file = createRequire(import.meta.url).resolve(
    '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
  );
  return { file, bytes: readFileSync(file) };
}
