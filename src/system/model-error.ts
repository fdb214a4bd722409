/** Where something stands in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A place inside a document: keys of maps and indices of lists. */
export type DocumentPath = readonly (string | number)[];

export interface ModelProblem {
  readonly file: string;
  /** Null where the file as a whole is meant. */
  readonly position: Position | null;
  readonly path: DocumentPath;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;
}

/** `sockets[0].host_bridges[1].id` */
export function formatPath(path: DocumentPath): string {
  return path
    .map((step, i) => (typeof step === 'number' ? `[${step}]` : i === 0 ? step : `.${step}`))
    .join('');
}

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ');

function describe({ file, position, path, expected, got, remedy }: ModelProblem): string {
  const place = position === null ? file : `${file}:${position.line}:${position.column}`;
  const where = path.length === 0 ? '' : ` ${formatPath(path)}`;
  return oneLine(`${place}${where}: expected ${expected}, got ${got}; ${remedy}`);
}

/** A model file that cannot be used: says where, what was expected, what stands there and how to mend it, in one line. */
export class ModelError extends Error {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly path: string;
  readonly expected: string;
  readonly got: string;
  readonly remedy: string;

  constructor(problem: ModelProblem) {
    super(describe(problem));
    this.name = 'ModelError';
    this.file = problem.file;
    this.line = problem.position?.line ?? null;
    this.column = problem.position?.column ?? null;
    this.path = formatPath(problem.path);
    this.expected = problem.expected;
    this.got = problem.got;
    this.remedy = problem.remedy;
  }
}
