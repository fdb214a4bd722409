import { createHash } from 'node:crypto';
import type { RunPlan } from '../../../src/dma/run-plan.ts';
import type { FlowLog, RunLog } from '../../reference/run-log.ts';

const FIRST = 12;
const SPREAD = 24;

/** What is stored of a run: its flows, a hash of the whole delivery log, and some lines of it. */
export function goldenText({ flows }: RunPlan, log: RunLog): string {
  const { lines } = log;
  return [
    ...flows.map(({ id }, flow) => `flow ${flow} ${id}: ${flowText(log.flows[flow] as FlowLog)}`),
    `log: ${lines.length} lines, sha256 ${hash(lines.join('\n'))}`,
    `the first ${Math.min(FIRST, lines.length)} lines:`,
    ...lines.slice(0, FIRST),
    `${SPREAD} lines evenly spread, with their numbers:`,
    ...spread(lines),
    '',
  ].join('\n');
}

function flowText({ bytes, firstIssue, latencies }: FlowLog): string {
  const [least, most] = [latencies[0], latencies.at(-1)];
  const ends = `${latencies.length} transfers of ${least} to ${most} ps, sha256 ${hash(latencies.join(' ')).slice(0, 16)}`;
  return `${bytes} B, first issue ${firstIssue} ps, ${ends}`;
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

function spread(lines: readonly string[]): readonly string[] {
  return Array.from({ length: SPREAD }, (_, i) => {
    const number = Math.floor(((i + 1) * lines.length) / SPREAD) - 1;
    return `${number + 1}: ${lines[number]}`;
  });
}
