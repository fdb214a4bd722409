import type { MeasuredRow } from '../../src/experiment/validation/measured-row.ts';

/** A row with what a test does not say: copies of large buffers between two devices, alone, all ACS and IOMMU off. */
export function measuredRow(changes: Partial<MeasuredRow> = {}): MeasuredRow {
  return {
    id: 'm#1',
    platform: 'm',
    trust: 'A',
    phenomenon: 'switch-local',
    op: 'write',
    mode: 'uni',
    flows: [['gpu0', 'gpu1']],
    transfer_bytes: null,
    window_bytes: null,
    access: null,
    cache: null,
    queue_depth: null,
    acs: 'off',
    iommu: { mode: 'off' },
    overrides: [],
    protocol: 'torch_copy',
    value: 50,
    unit: 'GB/s',
    tolerance_pct: 10,
    score: true,
    ...changes,
  };
}

const LINK = { gen: 5, width: 16 };
const gpu = (id: string, port: string) => ({ id: port, link: LINK, child: { kind: 'gpu', id } });

/** GPU0 and GPU1 below one switch, GPU2 on a root port of another host bridge. */
const MACHINE = {
  cpu: { vendor: 'AMD', model: null, family_hint: 'zen4' },
  topology: {
    sockets: [
      {
        id: 's0',
        host_bridges: [
          {
            id: 'hb0',
            quadrant: 'Q0',
            root_ports: [
              {
                id: 'rp0',
                link: LINK,
                child: { kind: 'switch', id: 'sw', ports: [gpu('GPU0', 'p0'), gpu('GPU1', 'p1')] },
              },
            ],
          },
          { id: 'hb1', quadrant: 'Q1', root_ports: [gpu('GPU2', 'rp1')] },
        ],
      },
    ],
  },
};

const row = (id: string, changes: object) => ({
  id,
  platform: 'bench',
  trust: 'A',
  phenomenon: 'shared-links',
  op: 'write',
  mode: 'uni',
  flows: [['GPU0', 'GPU1']],
  protocol: 'torch_copy',
  value: 55,
  unit: 'GB/s',
  tolerance_pct: 10,
  score: true,
  ...changes,
});

const GPUS = ['GPU0', 'GPU1', 'GPU2'];
const ALL_PAIRS = GPUS.flatMap((from) => GPUS.filter((to) => to !== from).map((to) => [from, to]));
const verdict = { phenomenon: 'policy', unit: 'enum', tolerance_pct: 0 };

const ROWS = [
  row('bench#1', { phenomenon: 'switch-local' }),
  row('bench#2', {
    phenomenon: 'all-to-all',
    flows: ALL_PAIRS,
    mode: 'concurrent_sum',
    protocol: 'p2pmark_all_to_all',
    value: 130,
  }),
  row('bench#3', { phenomenon: 'host-copy', op: 'host_to_device', flows: [['mem:s0', 'GPU2']] }),
  row('bench#4', {
    acs: { redirect: ['p0', 'p1'] },
    overrides: [{ link: 'rp0', gen: 4 }],
    background_flows: [['GPU1', 'GPU0']],
    protocol: 'nvbandwidth_ce',
    value: 14,
  }),
  row('bench#5', {
    phenomenon: 'p2p-latency',
    op: 'read',
    flows: [['GPU2', 'GPU0']],
    transfer_bytes: 128,
    protocol: 'p2pmark_latency',
    value: 1200,
    unit: 'ns',
  }),
  row('bench#6', { ...verdict, op: 'map_type', protocol: 'p2pdma', value: 'BUS_ADDR' }),
  row('bench#7', {
    ...verdict,
    op: 'peer_read',
    flows: [['GPU2', 'GPU0']],
    protocol: 'observed',
    value: 'works',
  }),
  row('bench#8', { score: false, no_score_reason: 'tree_unknown' }),
  row('bare#9', { platform: 'bare' }),
  row('bench#10', { protocol: 'homemade' }),
];

/** A file of measurements as an object: two machines, a row of each sort of prediction. */
export const sampleMeasurements = () => ({
  platforms: { bench: MACHINE, bare: { cpu: { vendor: 'unknown', model: null }, topology: null } },
  measurements: ROWS,
});
