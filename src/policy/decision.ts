import { hostBridgeOf } from '../system/ancestry.ts';
import type { System } from '../system/system.ts';
import { divergence } from './divergence.ts';
import { type HostBridgePermission, hostBridgePermission } from './host-bridge-permission.ts';
import type { KernelProfile } from './kernel-profile.ts';
import type { MapClass } from './map-class.ts';
import type { MapType } from './map-type.ts';
import { type TestedPath, testedPath } from './tested-path.ts';

/** What a kernel decides of a pair, and from what. */
export interface Decision {
  readonly provider: string;
  readonly client: string;
  /** Of the strict class, where the kernel tells classes apart. */
  readonly mapType: MapType;
  /** By class; null where the kernel gives all the same. */
  readonly classes: Readonly<Record<MapClass, MapType>> | null;
  readonly path: TestedPath;
  readonly permission: HostBridgePermission;
}

const granted = (wish: MapType, { allowed }: HostBridgePermission): MapType =>
  wish === 'THRU_HOST_BRIDGE' && !allowed ? 'NOT_SUPPORTED' : wish;

function byDivergence(system: System, pair: Pair, permission: HostBridgePermission): Decision {
  const path = divergence(system, pair.provider, pair.client);
  const { strict, relaxedCompletion, translated, translatedRelaxed } = path.wishes;
  const classes = {
    strict: granted(strict, permission),
    relaxedCompletion: granted(relaxedCompletion, permission),
    translated: granted(translated, permission),
    translatedRelaxed: granted(translatedRelaxed, permission),
  };
  return { ...pair, mapType: classes.strict, classes, path, permission };
}

function byPath(system: System, pair: Pair, permission: HostBridgePermission): Decision {
  const path = testedPath(system, pair.provider, pair.client);
  const direct = path.common !== null && path.redirects.length === 0;
  const mapType = direct ? 'BUS_ADDR' : granted('THRU_HOST_BRIDGE', permission);
  return { ...pair, mapType, classes: null, path, permission };
}

interface Pair {
  readonly provider: string;
  readonly client: string;
}

/** Decides by the kernel's algorithm. Throws RangeError where an id is not a function of the system. */
export function decide(system: System, profile: KernelProfile, pair: Pair): Decision {
  const sides = [hostBridgeOf(system, pair.provider), hostBridgeOf(system, pair.client)] as const;
  const permission = hostBridgePermission(system, profile, sides);
  return profile.algorithm === 'divergence'
    ? byDivergence(system, pair, permission)
    : byPath(system, pair, permission);
}
