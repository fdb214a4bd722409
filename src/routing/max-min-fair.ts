/** A flow's use of a resource: units of its capacity for each byte of the flow. */
export interface Use {
  readonly resource: string;
  readonly perByte: number;
}

/** Flows by what they use, and what there is of each resource in units a second; resources not listed are unlimited. */
export interface SharedResources {
  readonly flows: readonly (readonly Use[])[];
  readonly capacities: Readonly<Record<string, number>>;
}

/** A resource by what is left of it and how fast the flows that still grow use it up. */
interface Filling {
  left: number;
  speed: number;
}

function fillings({ flows, capacities }: SharedResources): Map<string, Filling> {
  const result = new Map<string, Filling>();
  for (const [resource, left] of Object.entries(capacities)) result.set(resource, { left, speed: 0 });
  for (const { resource, perByte } of flows.flat()) {
    const filling = result.get(resource);
    if (filling) filling.speed += perByte;
  }
  return result;
}

/** How far all growing flows can grow together, and the resources that are full then. */
function nextFull(resources: Map<string, Filling>): {
  readonly step: number;
  readonly full: ReadonlySet<string>;
} {
  let step = Number.POSITIVE_INFINITY;
  let full = new Set<string>();
  for (const [resource, { left, speed }] of resources) {
    const reach = speed > 0 ? left / speed : Number.POSITIVE_INFINITY;
    if (reach < step) [step, full] = [reach, new Set()];
    if (reach === step && step < Number.POSITIVE_INFINITY) full.add(resource);
  }
  return { step, full };
}

function grow(resources: Map<string, Filling>, step: number): void {
  for (const filling of resources.values()) filling.left = Math.max(0, filling.left - filling.speed * step);
}

/**
 * Max-min fair rates in bytes a second by progressive filling: all flows grow alike until a resource is full; those that use
 * it stay, the others grow on. Infinity for a flow that nothing limits. Source: Bertsekas and Gallager, Data Networks,
 * section 6.5.2.
 */
export function maxMinFair(shared: SharedResources): readonly number[] {
  const resources = fillings(shared);
  const rates = shared.flows.map(() => 0);
  const growing = new Set(rates.keys());
  while (growing.size > 0) {
    const { step, full } = nextFull(resources);
    for (const flow of growing) rates[flow] = (rates[flow] ?? 0) + step;
    if (full.size === 0) break;
    grow(resources, step);
    for (const flow of growing) {
      const uses = shared.flows[flow] ?? [];
      if (!uses.some(({ resource }) => full.has(resource))) continue;
      growing.delete(flow);
      for (const { resource, perByte } of uses) release(resources.get(resource), perByte);
    }
    for (const resource of full) resources.delete(resource);
  }
  return rates;
}

function release(filling: Filling | undefined, perByte: number): void {
  if (filling) filling.speed -= perByte;
}
