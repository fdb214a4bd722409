import type { AddressKind } from '../pcie/address-kind.ts';
import type { KernelProfile } from '../policy/kernel-profile.ts';
import { type Verdict, verdict } from '../policy/verdict.ts';
import { type Bound, boundOf } from '../routing/bound.ts';
import { rolesOf } from '../routing/transfer-spec.ts';
import { nodeOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import type { Bytes } from '../units.ts';
import { accountOf } from './accounting.ts';
import { explainModels } from './explain-models.ts';
import { explainStaged } from './explain-staged.ts';
import type { StagedExplanation } from './staged-explanation.ts';
import type { Expectation, Explanation } from './explain-result.ts';

export type { Explanation } from './explain-result.ts';

/** One kind of transfer: data from one end to the other, a device or `mem:<socket>`. */
export interface TransferQuestion {
  readonly from: string;
  readonly to: string;
  readonly op: 'write' | 'read';
  readonly size: Bytes;
  /** Memory through which it is to be staged; without it that is told of refused pairs alone. */
  readonly via?: string;
}

const TRANSLATION =
  'Addresses are translated by the IOMMU, whose page walks this arithmetic leaves out: `hairpin run` counts them, for the region that the transfers cover.';

const isMemory = (end: string): boolean => end.startsWith('mem:');

function checkEnd(system: System, end: string): void {
  const memories = system.sockets.map((socket) => `mem:${socket.id}`);
  if (isMemory(end) && !memories.includes(end)) {
    throw new RangeError(`"${end}" is no memory of ${system.name}; choose from ${memories.join(', ')}`);
  }
  const kind = isMemory(end) ? 'endpoint' : nodeOf(system, end).kind;
  if (kind !== 'endpoint' && kind !== 'rciep') {
    throw new RangeError(
      `"${end}" is a ${kind.replaceAll('_', ' ')}, not a device; expected one; name a device below it`,
    );
  }
}

function checkEnds(system: System, { from, to, op }: TransferQuestion): void {
  for (const end of [from, to]) checkEnd(system, end);
  if (from === to) throw new RangeError(`${from} cannot be both ends of a transfer; name two`);
  const [initiator, other] = op === 'write' ? [from, to] : [to, from];
  if (isMemory(initiator)) {
    const remedy = `let ${other} do it: --op ${op === 'write' ? 'read' : 'write'}`;
    throw new RangeError(`${initiator} is memory, which starts no transfer; ${remedy}`);
  }
}

const expectation = (
  system: System,
  { constraints, rate, limitedBy, latency, spec, routes }: Bound,
): Expectation => ({
  constraints: constraints.map((each) => ({ resource: each.resource, rate_GBps: each.rate / 1e9 })),
  goodput_GBps: rate / 1e9,
  limitedBy,
  unloaded_latency_ns: latency / 1e3,
  accounts: {
    'pcie-bench': accountOf('pcie-bench', system, spec, routes),
    nccl: accountOf('nccl', system, spec, routes),
  },
});

type Answer = Pick<
  Explanation,
  | 'requestRoute'
  | 'turn'
  | 'completionRoute'
  | 'completionTurn'
  | 'expected'
  | 'refused'
  | 'models'
  | 'caveats'
>;

const refusal = (reason: string): Answer => ({
  requestRoute: null,
  turn: 'none',
  completionRoute: null,
  completionTurn: 'none',
  expected: null,
  refused: reason,
  models: [],
  caveats: [],
});

function answer(system: System, question: TransferQuestion, address: AddressKind): Answer {
  const result = boundOf(system, { ...question, address });
  if (result.kind === 'none') return refusal(result.reason);
  const { request, completion } = result.bound.routes;
  return {
    requestRoute: request.hops,
    turn: request.turn,
    completionRoute: completion?.hops ?? null,
    completionTurn: completion?.turn ?? 'none',
    expected: expectation(system, result.bound),
    models: explainModels(system, [...request.hops, ...(completion?.hops ?? [])]),
    caveats: address === 'IOVA' ? [TRANSLATION] : [],
  };
}

function addressOf(system: System, decided: Verdict | null): AddressKind | null {
  if (decided) return decided.address;
  return system.iommu.mode === 'translate' ? 'IOVA' : 'PHYS';
}

const stagedHops = ({ expected }: StagedExplanation): readonly string[] =>
  Object.values(expected?.legs ?? {}).flatMap(({ requestRoute, completionRoute }) => [
    ...requestRoute,
    ...(completionRoute ?? []),
  ]);

/** What users do instead of a refused transfer, or were asked to; memory needs no staging. */
function stagedOf(
  system: System,
  { from, to, size, via }: TransferQuestion,
  told: Answer,
): Partial<Explanation> {
  const memory = [from, to].find(isMemory);
  if (via !== undefined && memory !== undefined) {
    throw new RangeError(`${memory} is memory, to and from which nothing is staged; leave --via away`);
  }
  if (memory !== undefined || (via === undefined && told.expected !== null)) return {};
  const staged = explainStaged(system, { from, to, size, via: via ?? 'mem' });
  const direct = [...(told.requestRoute ?? []), ...(told.completionRoute ?? [])];
  return {
    staged,
    models: explainModels(system, [...direct, ...stagedHops(staged)]),
    caveats: staged.address === 'IOVA' ? [TRANSLATION] : told.caveats,
  };
}

/**
 * A transfer by the kernel's verdict, the hardware's ways and closed forms, without the engine. A refused one is an answer, too.
 * Throws RangeError for ends that cannot have one.
 */
export function explain(system: System, profile: KernelProfile, question: TransferQuestion): Explanation {
  checkEnds(system, question);
  const { from, to, op, size } = question;
  const { initiator, target } = rolesOf({ ...question, address: 'PHYS' });
  const decided = isMemory(target) ? null : verdict(system, target, initiator, profile);
  const address = addressOf(system, decided);
  const told = address === null ? refusal(decided?.reason ?? '') : answer(system, question, address);
  const kernel = { kernel: profile.name, kernelStatus: profile.status };
  const names = { system: system.name, ...kernel, from, to, op, bytes: size };
  const policy = {
    mapType: decided?.mapType ?? null,
    distance: decided?.distance ?? null,
    reason: decided?.reason ?? `${target} is memory, for which P2P policy is not asked.`,
    classes: decided?.classes ?? null,
    hostBridges: decided?.hostBridges ?? null,
    kernelLog: decided?.kernelLog ?? [],
    address,
  };
  const staged = stagedOf(system, question, told);
  return { ...names, provider: target, client: initiator, ...policy, ...told, ...staged };
}
