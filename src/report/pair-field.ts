import { wrapText } from './wrap-text.ts';

const WIDTH = 110;
const INDENT = 15;

/** One named thing about a pair, in lines that are indented alike. */
export function pairField(name: string, text: string): readonly string[] {
  const [first = '', ...rest] = wrapText(text, WIDTH - INDENT);
  return [`  ${name.padEnd(INDENT - 2)}${first}`, ...rest.map((line) => ' '.repeat(INDENT) + line)];
}
