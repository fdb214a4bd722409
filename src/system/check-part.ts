import type { Part } from './part.ts';
import { partFlaws } from './part-flaws.ts';
import { type Layers, statedIn } from './resolve-fields.ts';

/**
 * Throws ModelError for the first number that contradicts another one or the specification. The error's place is where the number
 * stands, be it in a file inherited from.
 */
export function checkPart(part: Part, layers: Layers): void {
  const [flaw] = partFlaws(part);
  if (flaw === undefined) return;
  const { path, expected, remedy, beside } = flaw;
  const layer = statedIn(layers, path) ?? layers[0];
  const text = layer.yaml.textOf([...path, 'value']);
  const heir = layer === layers[0] ? undefined : `in ${part.name}, which inherits it`;
  const got = [text, beside, heir].filter((words) => words !== undefined).join(' ');
  throw layer.problem([...path, 'value'], { expected, got, remedy });
}
