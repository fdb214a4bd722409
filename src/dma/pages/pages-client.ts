import type { Processes, Program } from '../../engine/processes.ts';
import type { RandomStream } from '../../engine/random-stream.ts';
import type { Actor } from '../life/life-trace.ts';
import { PAGE } from './page-map.ts';
import type { PageBlock, PageProvider } from './page-provider.ts';
import type { PagesClientSpec } from './pages-spec.ts';
import type { TransferTurns } from './transfer-turns.ts';
import { UserMapping, type UserPages } from './user-pages.ts';

/** A request that has been served; times in ps, from its wish to the provider's device being done with it and the data there. */
export interface ServedRequest {
  readonly from: 'pool' | 'system';
  readonly wished: number;
  readonly ended: number;
}

/** Null where the kernel refuses the flow. */
export interface ClientFlows {
  readonly pool: TransferTurns | null;
  readonly system: TransferTurns | null;
  readonly provider: TransferTurns | null;
}

interface Scene {
  readonly provider: PageProvider;
  readonly users: UserPages;
  readonly processes: Processes;
  readonly flows: ClientFlows;
  readonly stream: RandomStream;
}

/**
 * A driver that takes a block of the pool for each request, and system memory where it gets none, without a word; that is how
 * Linux's NVMe target does. Source: Linux drivers/nvme/target/core.c; kernel-p2pdma, section 1.6.
 */
export class PagesClient implements Actor {
  readonly name: string;
  readonly served: ServedRequest[] = [];
  /** Requests that neither memory could serve, or the provider no longer. */
  refused = 0;
  made = 0;
  private readonly spec: PagesClientSpec;
  private readonly scene: Scene;

  constructor(spec: PagesClientSpec, scene: Scene) {
    this.name = spec.id;
    this.spec = spec;
    this.scene = scene;
    scene.flows.pool?.witness((time) => scene.provider.touched(this, time));
  }

  /** Whether all its requests have come to an end. */
  get done(): boolean {
    return this.served.length + this.refused === this.made && this.isEnough;
  }

  *run(): Program {
    const { processes } = this.scene;
    const { start, leak, rate, depth } = this.spec;
    yield start;
    if (leak) this.leak();
    if (rate !== null) yield* this.open(rate);
    else for (let worker = 0; worker < depth; worker++) processes.start(this.closed());
  }

  /** A provider that has gone wants no more requests. */
  private get isEnough(): boolean {
    const { requests } = this.spec;
    return this.refused > 0 || (requests !== null && this.made >= requests);
  }

  private *closed(): Program {
    while (!this.isEnough) yield* this.request();
  }

  private *open(rate: number): Program {
    const { processes, stream } = this.scene;
    const meanGap = (this.spec.size * 1e12) / rate;
    while (!this.isEnough) {
      yield Math.round(stream.exponential(meanGap));
      if (!this.isEnough) processes.start(this.request());
    }
  }

  private *request(): Program {
    const { provider, processes, flows } = this.scene;
    const wished = processes.now;
    this.made++;
    const block = flows.pool && provider.alloc(this, this.spec.size);
    const both = flows.system !== null && flows.provider !== null;
    if (block === null && (provider.state !== 'bound' || !both)) {
      this.refused++;
      return;
    }
    yield* block ? this.inPool(block) : this.inSystem();
    this.served.push({ from: block ? 'pool' : 'system', wished, ended: processes.now });
  }

  private *inPool(block: PageBlock): Program {
    const { provider, flows } = this.scene;
    const { op, hold } = this.spec;
    if (op === 'read') yield hold;
    yield* flows.pool?.transfer() ?? [];
    if (op === 'write') yield hold;
    provider.free(this, block);
  }

  /** The provider's device has no part of the data in itself: it fetches them, or puts them there, by a DMA of its own. */
  private *inSystem(): Program {
    const { flows } = this.scene;
    const { op, hold } = this.spec;
    if (op === 'read') yield hold;
    const [first, second] = op === 'write' ? [flows.system, flows.provider] : [flows.provider, flows.system];
    yield* first?.transfer() ?? [];
    yield* second?.transfer() ?? [];
    if (op === 'write') yield hold;
  }

  private leak(): void {
    const { users } = this.scene;
    const mapping = users.mmap(this, PAGE, { shared: true, offset: 0 });
    if (mapping instanceof UserMapping) users.pin(this, mapping, { peerPages: true, longTerm: false });
  }
}
