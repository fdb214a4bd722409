import type { Program } from '../../engine/processes.ts';
import { RandomStream } from '../../engine/random-stream.ts';
import type { Bar } from '../../system/system.ts';
import { bytes } from '../../units.ts';
import type { Actor } from '../life/life-trace.ts';
import type { Host, Software } from '../software.ts';
import { PageProvider } from './page-provider.ts';
import { type ClientFlows, PagesClient } from './pages-client.ts';
import { poolFlow, providerFlow, systemFlow } from './pages-flows.ts';
import type { PagesClientSpec, PagesSpec } from './pages-spec.ts';
import { TransferTurns } from './transfer-turns.ts';
import { type Removal, unbind } from './unbind.ts';
import { UserPages } from './user-pages.ts';

/** What the software of a run with paged peer memory is made from. */
export interface PagesSetting {
  readonly providers: readonly PagesSpec[];
  readonly seed: string;
  /** Whether the kernel does not refuse the flow of `pagesFlows` with this id. */
  accepts(flow: string): boolean;
  /** The BARs of the provider's device, and which of them the pool is in. */
  memory(spec: PagesSpec): { readonly bars: readonly Bar[]; readonly bar: number };
}

/** One provider of a run, with all who have to do with it. */
export interface PagesLife extends Actor {
  readonly spec: PagesSpec;
  readonly provider: PageProvider;
  readonly clients: readonly PagesClient[];
  readonly removals: Removal[];
}

/** The drivers of all paged peer memory of a run. */
export class PagesSoftware implements Software {
  lives: readonly PagesLife[] = [];
  private readonly setting: PagesSetting;

  constructor(setting: PagesSetting) {
    this.setting = setting;
  }

  start(host: Host): void {
    this.lives = this.setting.providers.map((spec) => this.life(spec, host));
  }

  unfinished(): readonly string[] {
    return this.lives.flatMap(({ name, provider, clients, removals }) => {
      const idle = clients
        .filter(({ done }) => !done)
        .map((client) => `client ${client.name} has requests left`);
      const waits = removals.some(({ to }) => to === null);
      return waits ? [...idle, `${name} waits for ${provider.references} references to unbind`] : idle;
    });
  }

  /** Throws RangeError where the kernel cannot make pages of the memory. */
  private life(spec: PagesSpec, host: Host): PagesLife {
    const { processes } = host;
    const { bars, bar } = this.setting.memory(spec);
    const provider = new PageProvider({ bars, wide: true, processes });
    const users = new UserPages(provider);
    const driver = { name: `${spec.id} (${spec.provider})` };
    const errno = provider.addResource(driver, { bar, size: spec.pool, offset: bytes(0) });
    if (errno !== null) throw new RangeError(`${driver.name} makes no pages of ${spec.pool} B: ${errno}`);
    provider.publish(driver, true);
    const clients = spec.clients.map((client) => {
      const stream = new RandomStream(this.setting.seed, `pages/${client.id}`);
      const flows = this.flows(client, host);
      return new PagesClient(client, { provider, users, processes, flows, stream });
    });
    const life: PagesLife = { ...driver, spec, provider, clients, removals: [] };
    for (const client of clients) processes.start(client.run());
    if (spec.remove !== null)
      processes.start(
        removed(life, unbind(life, { provider, users, processes, grace: spec.grace }, life.removals)),
      );
    return life;
  }

  private flows(client: PagesClientSpec, host: Host): ClientFlows {
    const flow = (id: string) =>
      this.setting.accepts(id) ? new TransferTurns(host.flow(id), host.processes) : null;
    return {
      pool: flow(poolFlow(client)),
      system: flow(systemFlow(client)),
      provider: flow(providerFlow(client)),
    };
  }
}

function* removed({ spec }: PagesLife, end: Program): Program {
  yield spec.remove ?? 0;
  yield* end;
}
