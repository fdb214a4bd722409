/** Who moves the data of a row; source: the file's own `_schema.measurements.op`. */
export type MeasuredOp =
  | 'write'
  | 'read'
  | 'copy'
  | 'host_to_device'
  | 'device_to_host'
  | 'host_both_ways'
  | 'storage_read'
  | 'storage_write'
  | 'rdma'
  | 'staged_copy'
  | 'all_reduce'
  | 'scaling_knee'
  | 'map_type'
  | 'distance'
  | 'peer_write'
  | 'peer_read';

/** Data goes from the first end to the second, whoever moves it. */
export type Ends = readonly [from: string, to: string];

/** Ports with redirect; `unknown` is predicted as off. */
export type AcsSetting = 'off' | 'unknown' | { readonly redirect: readonly string[] | 'all' };

export interface IommuSetting {
  readonly mode: 'off' | 'passthrough' | 'translate' | 'unknown';
  readonly page_bytes?: number | null | undefined;
}

/** A link that runs otherwise in this row. */
export interface LinkOverride {
  readonly link: string;
  readonly gen?: number | undefined;
  readonly width?: number | undefined;
}

/** One published value with all that it takes to predict it. */
export interface MeasuredRow {
  readonly id: string;
  readonly platform: string;
  readonly trust: 'A' | 'B' | 'C' | 'D';
  readonly phenomenon?: string | undefined;
  readonly op: MeasuredOp;
  readonly mode: 'uni' | 'bi_sum' | 'concurrent_sum' | 'per_flow_mean';
  readonly flows: readonly Ends[];
  readonly background_flows?: readonly Ends[] | undefined;
  /** Null: large, steady state. */
  readonly transfer_bytes: number | null;
  readonly window_bytes: number | null;
  readonly access: 'random' | 'sequential' | null;
  readonly cache: 'warm' | 'cold' | null;
  readonly queue_depth: number | null;
  readonly acs: AcsSetting;
  readonly iommu: IommuSetting;
  readonly relaxed_ordering?: 'on' | 'off' | undefined;
  readonly overrides: readonly LinkOverride[];
  readonly protocol: string;
  readonly value: number | string;
  readonly unit: 'GB/s' | 'ns' | 'enum' | 'count';
  readonly tolerance_pct: number;
  readonly score: boolean;
  readonly no_score_reason?: string | undefined;
  readonly source?: string | undefined;
}

/** A machine on which rows were measured; its tree has the keys of a system file. Null: no tree is known. */
export interface MeasuredPlatform {
  readonly cpu: {
    readonly vendor: string;
    readonly model?: string | null | undefined;
    readonly family_hint?: string | null | undefined;
  };
  readonly topology: Readonly<Record<string, unknown>> | null;
}

/** A file of measurements: platforms by key, and their rows. */
export interface MeasurementFile {
  readonly file: string;
  readonly platforms: Readonly<Record<string, MeasuredPlatform>>;
  readonly rows: readonly MeasuredRow[];
}
