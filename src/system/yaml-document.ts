import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from 'yaml';
import { type DocumentPath, ModelError, type Position } from './model-error.ts';

/** Largest file that is read; a machine of 64 devices has about 10 kB. */
export const MAX_CHARACTERS = 4_000_000;
const MAX_ALIASES = 200;

/** A YAML file as plain values, and where each of them stands. */
export interface YamlDocument {
  readonly file: string;
  readonly value: unknown;
  /** Position of a value, or of its key; of the nearest thing around it where it is absent. */
  positionOf(path: DocumentPath, end?: 'key' | 'value'): Position;
  /** A scalar as written, such as `0x19`; empty for others. */
  textOf(path: DocumentPath): string;
}

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

/** What an alias stands for. To find it takes a walk through the document, so it is found once. */
class Targets {
  private readonly found = new Map<Node, Node | undefined>();
  private readonly document: Document;

  constructor(document: Document) {
    this.document = document;
  }

  of(node: Node | null): Node | null | undefined {
    if (!isAlias(node)) return node;
    if (!this.found.has(node)) this.found.set(node, node.resolve(this.document));
    return this.found.get(node);
  }
}

function step(targets: Targets, from: Node | null, key: string | number): Pair | Node | undefined {
  const node = targets.of(from);
  if (isMap(node)) return node.items.find((pair) => keyOf(pair) === String(key));
  return isSeq(node) && typeof key === 'number' ? (node.items[key] as Node | undefined) : undefined;
}

/** The deepest node on the path, and its key where it stands in a map. */
function follow(
  { document, targets }: { document: Document; targets: Targets },
  path: DocumentPath,
): { node: Node | null; key: Node | null; whole: boolean } {
  let [node, key]: [Node | null, Node | null] = [document.contents, null];
  for (const part of path) {
    const found = step(targets, node, part);
    if (found === undefined) return { node, key, whole: false };
    const pair = found as Pair<Node, Node | null>;
    const inMap = 'key' in found;
    [node, key] = inMap ? [pair.value ?? pair.key, pair.key] : [found as Node, null];
  }
  return { node, key, whole: true };
}

const nameOf = (error: YAMLError): string =>
  error.code === 'MULTIPLE_DOCS' ? 'a second document' : `a mistake: ${error.message}`;

function remedyFor(error: YAMLError): string {
  if (error.code === 'DUPLICATE_KEY') return 'remove or rename one of the two';
  if (error.code === 'TAB_AS_INDENT') return 'indent with spaces';
  if (error.code === 'MULTIPLE_DOCS') return 'put each document into a file of its own';
  return 'check indentation, quotes and brackets here';
}

function refuse(file: string, position: Position | null, got: string, remedy: string): never {
  throw new ModelError({ file, position, path: [], expected: 'a YAML file', got, remedy });
}

function checkText(text: string, file: string): void {
  if (/[\0\uFFFD]/.test(text)) refuse(file, null, 'binary data', 'give a text file in UTF-8');
  if (text.length > MAX_CHARACTERS) {
    refuse(file, null, `${text.length} characters`, `keep it below ${MAX_CHARACTERS}; is it the right file?`);
  }
}

function plainValue(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch {
    return refuse(
      file,
      null,
      'aliases that multiply',
      `use at most ${MAX_ALIASES} aliases, none within another`,
    );
  }
}

/** Reads YAML 1.2; throws ModelError for binary, oversized and malformed text. */
export function parseYaml(text: string, file: string): YamlDocument {
  checkText(text, file);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, stringKeys: true });
  const source = { document, targets: new Targets(document) };
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const [error] = [...document.errors, ...document.warnings];
  if (error !== undefined) refuse(file, at(error.pos[0]), nameOf(error), remedyFor(error));
  return {
    file,
    value: plainValue(document, file),
    positionOf(path, end = 'value') {
      const { node, key, whole } = follow(source, path);
      return at((end === 'key' && whole ? key?.range : node?.range)?.[0] ?? 0);
    },
    textOf(path) {
      const { node, whole } = follow(source, path);
      const scalar = source.targets.of(node);
      return whole && isScalar(scalar) ? (scalar.source ?? String(scalar.value)) : '';
    },
  };
}
