import type { Generation, Width } from '../pcie/generation.ts';
import { type BytesPerSecond, bytesPerSecond } from '../units.ts';

/*
 * What NCCL's planner takes links for, to compare its choice of ways with ours: numbers of a search, not measurements, and
 * no input of the simulation. Source of all: NCCL 2.28, src/graph/topo.h and src/graph/topo.cc; pcie-facts, section 4.3.
 */

const gigabits = (perSecond: number): BytesPerSecond => bytesPerSecond((perSecond * 1e9) / 8);
const gigabytes = (perSecond: number): BytesPerSecond => bytesPerSecond(perSecond * 1e9);

/**
 * Rate of a lane, one direction, in B/s: about three quarters of what it carries. NCCL has no entry for generation 7; assumed
 * twice that of generation 6. Source: NCCL, topo.cc, kvDictPciGen (15, 30, 60, 120, 240 and 480 times 100 Mb/s).
 */
export const NCCL_LANE_BANDWIDTH: Readonly<Record<Generation, BytesPerSecond>> = {
  1: gigabits(1.5),
  2: gigabits(3),
  3: gigabits(6),
  4: gigabits(12),
  5: gigabits(24),
  6: gigabits(48),
  7: gigabits(96),
};

/** What NCCL plans with for a link, one direction: 12 GB/s at generation 3 x16. Source: NCCL, topo.cc, ncclTopoAddPci. */
export const ncclLinkBandwidth = (generation: Generation, width: Width): BytesPerSecond =>
  bytesPerSecond(NCCL_LANE_BANDWIDTH[generation] * width);

/**
 * Bandwidth that a flow between GPUs through an Intel root complex takes, as a multiple of its payload rate: there TLPs are
 * cut to 64 B. Source: NCCL, topo.h, INTEL_P2P_OVERHEAD.
 */
export const NCCL_INTEL_P2P_COST = 6 / 5;

/** Links between sockets that NCCL tells apart. */
export type NcclSocketLink =
  | 'intel-qpi'
  | 'intel-upi-skylake'
  | 'intel-upi-sapphire-rapids'
  | 'intel-upi-emerald-rapids'
  | 'amd'
  | 'power9'
  | 'arm'
  | 'zhaoxin'
  | 'zhaoxin-yongfeng';

/**
 * What NCCL plans with between two sockets, one direction, in B/s. The one of AMD is disputed (16 to 48 GB/s by generation in
 * its pull requests 2036, 2113 and 2127). Source: NCCL, topo.h, BDW_QPI_BW, SKL_QPI_BW, SRP_QPI_BW, ERP_QPI_BW, AMD_BW, P9_BW,
 * ARM_BW, ZPI_BW, YONGFENG_ZPI_BW.
 */
export const NCCL_SOCKET_BANDWIDTH: Readonly<Record<NcclSocketLink, BytesPerSecond>> = {
  'intel-qpi': gigabytes(6),
  'intel-upi-skylake': gigabytes(10),
  'intel-upi-sapphire-rapids': gigabytes(22),
  'intel-upi-emerald-rapids': gigabytes(40),
  amd: gigabytes(16),
  power9: gigabytes(32),
  arm: gigabytes(6),
  zhaoxin: gigabytes(6),
  'zhaoxin-yongfeng': gigabytes(9),
};
