import { maxDataCredits, maxHeaderCredits, minimumCredits } from '../pcie/credits.ts';
import { TLP_CLASSES } from '../pcie/tlp-class.ts';
import { FRAMING_BYTES, requestHeaderBytes } from '../pcie/wire.ts';
import { type Bytes, bytes } from '../units.ts';
import type { CpuPart, EndpointPart, Part, PortNumbers, SwitchPart } from './part.ts';

/** A number of a part that cannot be; `path` is its place in the file, `beside` what it contradicts. */
export interface Flaw {
  readonly path: readonly string[];
  readonly expected: string;
  readonly remedy: string;
  readonly beside?: string;
}

/** A payload that a part must have room for, and what to call it. */
interface Room {
  readonly mps: Bytes;
  readonly name: string;
}

/**
 * MPS for which a CPU and a switch must at least advertise credits, as it is no number of theirs. Source: PCIe Base
 * Specification 5.0, sections 2.6.1 and 7.5.3.4.
 */
const LEAST_MPS: Room = { mps: bytes(128), name: 'one TLP of 128 B, the least MPS' };

/**
 * MPS for which the other buffers of a CPU and a switch must have room. The specification does not bound them; 256 B is the
 * usual MPS of servers. Source: pcie-facts, section 5.
 */
const USUAL_MPS: Room = { mps: bytes(256), name: 'one TLP of 256 B, the usual MPS' };

/** Read completion boundary of all but root complexes. Source: PCIe Base Specification 5.0, section 2.3.1.1. */
const ENDPOINT_RCB = bytes(128);

function* creditFlaws({ credits, flowControlScale: scale }: PortNumbers, room: Room): Generator<Flaw> {
  for (const tlpClass of TLP_CLASSES) {
    const least = minimumCredits(tlpClass, room.mps);
    const most = { headers: maxHeaderCredits(scale), data: maxDataCredits(scale) };
    for (const unit of ['headers', 'data'] as const) {
      const path = ['port', 'credits', tlpClass, unit];
      const given = credits[tlpClass][unit];
      if (given !== null && given > most[unit]) {
        const remedy = scale === 16 ? 'lower it' : 'lower it, or raise port.flow_control_scale up to 16';
        yield { path, expected: `at most ${most[unit]}`, beside: `with flow_control_scale ${scale}`, remedy };
      }
      if (given !== null && given < least[unit]) {
        yield {
          path,
          expected: `at least ${least[unit]} (${room.name})`,
          remedy: 'raise it, or write infinite',
        };
      }
    }
  }
}

function* completionCreditFlaws({ credits: { completion } }: PortNumbers): Generator<Flaw> {
  for (const unit of ['headers', 'data'] as const) {
    if (completion[unit] === null) continue;
    const expected = 'infinite, as endpoints must advertise for completions';
    yield { path: ['port', 'credits', 'completion', unit], expected, remedy: 'write infinite' };
  }
}

/** A TLP with the longest header of a memory request and its framing must fit. */
function* bufferFlaws(size: Bytes | null, path: readonly string[], { mps, name }: Room): Generator<Flaw> {
  const least = mps + requestHeaderBytes(4) + FRAMING_BYTES;
  if (size === null || size >= least) return;
  const word = path.at(-1) === 'shared_buffer' ? 'none' : 'unlimited';
  yield { path, expected: `at least ${least} B (${name})`, remedy: `raise it, or write ${word}` };
}

function* chunkFlaws(chunk: Bytes, path: readonly string[], rcb: Bytes, whose: string): Generator<Flaw> {
  if (chunk >= rcb) return;
  const expected = `at least ${rcb} B, the read completion boundary ${whose}`;
  yield { path, expected, remedy: `write "${rcb} B" or more` };
}

function* cpuFlaws({ port, completionChunk, rcb }: CpuPart): Generator<Flaw> {
  yield* creditFlaws(port, LEAST_MPS);
  yield* bufferFlaws(port.replayBuffer, ['port', 'replay_buffer'], USUAL_MPS);
  yield* chunkFlaws(completionChunk, ['completion_chunk'], rcb, 'that rcb states');
}

function* switchFlaws({ port, sharedBuffer }: SwitchPart): Generator<Flaw> {
  yield* creditFlaws(port, LEAST_MPS);
  yield* bufferFlaws(port.replayBuffer, ['port', 'replay_buffer'], USUAL_MPS);
  yield* bufferFlaws(sharedBuffer, ['shared_buffer'], USUAL_MPS);
}

function* endpointFlaws({ port, dma, completer }: EndpointPart): Generator<Flaw> {
  const room = { mps: dma.mps, name: `one TLP of dma.mps, ${dma.mps} B` };
  yield* completionCreditFlaws(port);
  yield* creditFlaws(port, room);
  yield* bufferFlaws(port.replayBuffer, ['port', 'replay_buffer'], room);
  const path = ['completer', 'completion_chunk'];
  yield* chunkFlaws(completer.completionChunk, path, ENDPOINT_RCB, 'of all but root complexes');
}

/**
 * The numbers that contradict another one or the specification: credits beyond what the scale of flow control can count or too
 * few for one TLP, finite completion credits of an endpoint, completions cut below the read completion boundary, and buffers too
 * small for one TLP. That TLP has the payload `dma.mps` of an endpoint; at CPUs and switches, whose MPS is no field, it has 128 B
 * for credits and 256 B for the other buffers.
 */
export function partFlaws(part: Part): Generator<Flaw> {
  if (part.kind === 'cpu') return cpuFlaws(part);
  return part.kind === 'switch' ? switchFlaws(part) : endpointFlaws(part);
}
