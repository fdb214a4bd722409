import type { Generation, Width } from '../pcie/generation.ts';
import type { Bytes } from '../units.ts';
import type { PciId } from './pci-values.ts';
import type { Bar, DeviceKind } from './system.ts';

/** A key that may be absent. */
export type Maybe<T> = T | undefined;

/** What any function may state of itself. `acs: null` means that it has no ACS capability. */
export interface FunctionEntry {
  readonly bdf?: Maybe<string>;
  readonly pci_id?: Maybe<PciId>;
  readonly acs?: Maybe<{ readonly capability?: Maybe<number>; readonly control: number } | null>;
}

interface SpeedEntry {
  readonly gen: Generation;
  readonly width: Width;
}

export interface LinkEntry extends SpeedEntry {
  readonly current?: Maybe<SpeedEntry>;
  readonly stated?: Maybe<boolean>;
  readonly bit_error_rate?: Maybe<number>;
}

export interface PortEntry extends FunctionEntry {
  readonly id?: Maybe<string>;
  readonly link: LinkEntry;
  readonly child?: Maybe<ChildEntry | null>;
}

/** Ports with Request and Completion Redirect. */
export type RedirectEntry = 'all' | readonly string[];

export interface SwitchEntry extends Omit<FunctionEntry, 'acs'> {
  readonly kind: 'switch';
  readonly id: string;
  readonly part?: Maybe<string>;
  readonly chip?: Maybe<string>;
  readonly acs?: Maybe<{
    readonly redirect?: Maybe<RedirectEntry>;
    readonly capability?: Maybe<number>;
    readonly control?: Maybe<number>;
  } | null>;
  readonly ports: readonly PortEntry[];
}

export interface BarEntry {
  readonly size: Bytes;
  readonly kind?: Maybe<Bar['kind']>;
  readonly address?: Maybe<number>;
}

export interface VirtualFunctionEntry extends FunctionEntry {
  readonly id?: Maybe<string>;
  readonly bars?: Maybe<readonly BarEntry[]>;
}

interface DmaFunctionEntry extends FunctionEntry {
  /** Published rates of a drive's media and a NIC's network. */
  readonly media?: Maybe<{ readonly read_GBps?: Maybe<number>; readonly write_GBps?: Maybe<number> }>;
  readonly network?: Maybe<{ readonly rate_GBps?: Maybe<number> }>;
  readonly part?: Maybe<string>;
  readonly mps?: Maybe<Bytes>;
  readonly mrrs?: Maybe<Bytes>;
  readonly bars?: Maybe<readonly BarEntry[]>;
  readonly virtual_functions?: Maybe<number | readonly VirtualFunctionEntry[]>;
}

export interface FurtherFunctionEntry extends DmaFunctionEntry {
  readonly id?: Maybe<string>;
  readonly kind?: Maybe<DeviceKind>;
}

export interface EndpointEntry extends DmaFunctionEntry {
  readonly kind: DeviceKind;
  readonly id: string;
  readonly functions?: Maybe<readonly FurtherFunctionEntry[]>;
}

export interface PciBridgeEntry extends Omit<FunctionEntry, 'acs'> {
  readonly kind: 'pci_bridge';
  readonly id: string;
  readonly children: readonly (EndpointEntry | PciBridgeEntry)[];
}

/** What hangs below a port. */
export type ChildEntry = SwitchEntry | EndpointEntry | PciBridgeEntry;
