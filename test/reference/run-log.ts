/** What two runs of a plan are compared by. Times in ps, sizes in bytes. */
export interface RunLog {
  /** Lines `time TLP channel`: when the tail of a TLP was at the far end of a channel. In order of time, channel and TLP. */
  readonly lines: readonly string[];
  readonly flows: readonly FlowLog[];
}

export interface FlowLog {
  readonly bytes: number;
  /** Start of the first request. */
  readonly firstIssue: number;
  /** From the wish to the last byte of each transfer, from the shortest to the longest. */
  readonly latencies: readonly number[];
}

interface Line {
  readonly text: string;
  readonly time: number;
  readonly tlp: string;
  readonly channel: string;
}

function parsed(text: string): Line {
  const [time = '', tlp = '', ...channel] = text.split(' ');
  return { text, time: Number(time), tlp, channel: channel.join(' ') };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Lines of a delivery log in order of time, then channel, then TLP. */
export function inOrder(lines: readonly string[]): readonly string[] {
  return lines
    .map(parsed)
    .sort((a, b) => a.time - b.time || compare(a.channel, b.channel) || compare(a.tlp, b.tlp))
    .map(({ text }) => text);
}

/** The first thing in which two runs differ, a few lines of the log before it included; null where they are the same. */
export function difference(a: RunLog, b: RunLog): string | null {
  const line = a.lines.findIndex((text, i) => text !== b.lines[i]);
  const first = line < 0 ? Math.min(a.lines.length, b.lines.length) : line;
  if (first < Math.max(a.lines.length, b.lines.length)) {
    const before = a.lines.slice(Math.max(0, first - 5), first);
    return [
      ...before,
      `${a.lines[first] ?? 'nothing more'} against ${b.lines[first] ?? 'nothing more'}`,
    ].join('\n');
  }
  const flow = a.flows.findIndex((facts, i) => JSON.stringify(facts) !== JSON.stringify(b.flows[i]));
  return flow < 0
    ? null
    : `flow ${flow}: ${JSON.stringify(a.flows[flow])} against ${JSON.stringify(b.flows[flow])}`;
}
