import * as z from 'zod';
import type { Bytes } from '../units.ts';
import { barList, busOffset } from './bar-schema.ts';
import type { BarEntry, ChildEntry, Maybe, FunctionEntry, LinkEntry, RedirectEntry } from './child-entry.ts';
import { childSchema, deviceKind, functionShape, linkSchema, redirect } from './child-schema.ts';
import { record } from './leaf.ts';
import { id, kernelName, partName, text } from './names.ts';
import { domain, type PciId, pciId } from './pci-values.ts';
import { pageSize } from './quantities.ts';
import type { DeviceKind, IommuMode } from './system.ts';

export interface RootPortEntry extends FunctionEntry {
  readonly id: string;
  readonly external_facing?: Maybe<boolean>;
  readonly link: LinkEntry;
  readonly child?: Maybe<ChildEntry | null>;
}

export interface IntegratedEntry extends FunctionEntry {
  readonly kind: DeviceKind;
  readonly id: string;
  readonly part?: Maybe<string>;
  readonly bars?: Maybe<readonly BarEntry[]>;
}

export interface HostBridgeEntry {
  readonly id: string;
  readonly quadrant?: Maybe<string>;
  readonly domain?: Maybe<number>;
  readonly bus_offset?: Maybe<number>;
  /** Of the host bridge's own function, the first device of the root bus. */
  readonly pci_id?: Maybe<PciId>;
  readonly devices?: Maybe<readonly IntegratedEntry[]>;
  readonly root_ports?: Maybe<readonly RootPortEntry[]>;
}

export interface SocketEntry {
  readonly id: string;
  readonly part?: Maybe<string>;
  readonly host_bridges: readonly HostBridgeEntry[];
}

export interface SocketLinkEntry {
  readonly between: readonly [string, string];
  readonly kind: string;
}

/** A system file as written. */
export interface SystemEntry {
  readonly system: string;
  readonly about?: Maybe<string>;
  readonly kernel?: Maybe<string>;
  readonly iommu?: Maybe<{ readonly mode: IommuMode; readonly page_bytes?: Maybe<Bytes> }>;
  readonly acs?: Maybe<{ readonly redirect: RedirectEntry }>;
  readonly sockets: readonly SocketEntry[];
  readonly socket_links?: Maybe<readonly SocketLinkEntry[]>;
}

const rootPort = record({
  id,
  ...functionShape,
  external_facing: z.boolean().optional(),
  link: linkSchema,
  child: childSchema.nullish(),
});

const integrated = record({
  kind: deviceKind,
  id,
  part: partName.optional(),
  model: text.optional(),
  ...functionShape,
  bars: barList.optional(),
});

const hostBridge = record({
  id,
  quadrant: text.optional(),
  domain: domain.optional(),
  bus_offset: busOffset.optional(),
  pci_id: pciId.optional(),
  devices: z.array(integrated).optional(),
  root_ports: z.array(rootPort).optional(),
});

const socket = record({ id, part: partName.optional(), host_bridges: z.array(hostBridge) });

const iommu = record(
  { mode: z.enum(['off', 'passthrough', 'translate']), page_bytes: pageSize.optional() },
  '{ mode: off }',
);

const socketLink = record({ between: z.tuple([id, id]), kind: text }, '{ between: [s0, s1], kind: xGMI }');

/** Schema of a system file (DESIGN, section 7). */
export const systemSchema: z.ZodType<SystemEntry> = record({
  system: id,
  about: text.optional(),
  kernel: kernelName.optional(),
  iommu: iommu.optional(),
  acs: record({ redirect }, '{ redirect: all }').optional(),
  sockets: z.array(socket).min(1),
  socket_links: z.array(socketLink).optional(),
});
