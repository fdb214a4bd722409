import { describe, expect, it, test } from 'vitest';
import { listParts, loadPart } from '../../src/node/load-part.ts';
import { partCatalogue } from '../../src/system/part-catalogue.ts';
import { CPU_FAMILIES } from '../../src/system/part-schema.ts';
import type { CpuPart, EndpointPart } from '../../src/system/part.ts';
import { testCpu, testEndpoint, testSwitch } from '../support/vector-system.ts';

const cpu = (name: string, vendor: CpuPart['vendor'], more: Partial<CpuPart> = {}): CpuPart =>
  testCpu({ name, vendor, models: [], families: [], ...more });
const child = (kind: EndpointPart['kind'], name: string, ...models: string[]): EndpointPart =>
  testEndpoint({ kind, name, models });

const PARTS = [
  cpu('cpu/generic', 'unknown'),
  cpu('cpu/amd/epyc', 'AMD', { models: ['EPYC'] }),
  cpu('cpu/amd/rome', 'AMD', { models: ['EPYC 7532'], families: ['zen2'] }),
  cpu('cpu/intel/xeon', 'Intel', { models: ['Xeon'], families: ['skylake_sp'] }),
  testSwitch({ name: 'switch/generic', models: [] }),
  testSwitch({ name: 'switch/pex', models: ['PEX890xx', 'PEX8747 (Gen3)'] }),
  child('gpu', 'gpu/generic'),
  child('gpu', 'gpu/4090', 'RTX 4090'),
  child('gpu', 'gpu/4090-d', 'NVIDIA RTX 4090 D'),
  child('nic', 'nic/generic'),
];
const catalogue = partCatalogue(PARTS);

describe('a device or switch of a published tree', () => {
  it.each([
    ['the text itself', 'gpu', 'RTX 4090', 'gpu/4090'],
    ['it in other words', 'gpu', 'NVIDIA GeForce RTX 4090 (24 GB)', 'gpu/4090'],
    ['it in other letters', 'gpu', 'nvidia rtx 4090', 'gpu/4090'],
    ['a longer text besides', 'gpu', 'NVIDIA RTX 4090 D', 'gpu/4090-d'],
    ['signs that mean something to a pattern', 'switch', 'PLX PEX8747 (Gen3)', 'switch/pex'],
  ])('is the part of its kind whose text is in the model: %s', (_, kind, model, expected) => {
    expect(catalogue.child(kind, model)).toBe(expected);
  });

  it.each([
    ['no model', 'gpu', undefined, 'gpu/generic'],
    ['a model that none has', 'gpu', 'NVIDIA H100 PCIe', 'gpu/generic'],
    ['a part of a word', 'gpu', 'NVIDIA RTX 40900', 'gpu/generic'],
    ['the end of a word', 'switch', 'XPEX890xx', 'switch/generic'],
    ['letters in place of a sign', 'switch', 'PEX8747 xGen3)', 'switch/generic'],
    ['a model of another kind', 'nic', 'RTX 4090', 'nic/generic'],
  ])('is the generic part of its kind with %s', (_, kind, model, expected) => {
    expect(catalogue.child(kind, model)).toBe(expected);
  });

  it('is refused where its kind has no generic part', () => {
    expect(() => catalogue.child('tape', undefined)).toThrow('there is no part tape/generic');
  });
});

describe('a CPU of a published tree', () => {
  it.each([
    ['the longest text in its model', { vendor: 'AMD', model: 'AMD EPYC 7532 32-Core' }, 'cpu/amd/rome'],
    ['its model before its family', { vendor: 'AMD', model: 'EPYC', family_hint: 'zen2' }, 'cpu/amd/epyc'],
    ['its family without a model', { vendor: 'AMD', model: null, family_hint: 'zen2' }, 'cpu/amd/rome'],
    ['its family alone', { vendor: 'unknown', family_hint: 'skylake_sp' }, 'cpu/intel/xeon'],
    ['nothing where neither is known', { vendor: 'AMD', model: null, family_hint: 'zen9' }, 'cpu/generic'],
    ['nothing where neither is given', { vendor: 'unknown', model: null, family_hint: null }, 'cpu/generic'],
    ['no model of another vendor', { vendor: 'Intel', model: 'EPYC 7532' }, 'cpu/generic'],
    ['no family of another vendor', { vendor: 'Intel', family_hint: 'zen2' }, 'cpu/generic'],
  ])('is found by %s', (_, description, expected) => {
    expect(catalogue.cpu(description)).toBe(expected);
  });
});

test.each([
  ['model', cpu('cpu/other', 'AMD', { models: ['epyc'] }), 'both claim the model "epyc"'],
  ['family', cpu('cpu/other', 'AMD', { families: ['zen2'] }), 'both claim the family zen2'],
])('two parts that claim one %s are refused', (_, other, message) => {
  expect(() => partCatalogue([...PARTS, other])).toThrow(message);
});

test('parts of two kinds may have the same model text, as a card has that is GPU and NIC', () => {
  const other = child('nic', 'nic/other', 'RTX 4090');
  expect(partCatalogue([...PARTS, other]).child('nic', 'RTX 4090')).toBe('nic/other');
});

describe('the parts of this package', () => {
  const shipped = partCatalogue(listParts().map((name) => loadPart(name)));

  it.each(CPU_FAMILIES)('have one for the family %s', (family) => {
    const part = loadPart(shipped.cpu({ vendor: 'unknown', family_hint: family }));
    expect(part).toMatchObject({ families: expect.arrayContaining([family]) });
  });

  it.each([
    ['AMD', 'EPYC 9575F', 'zen5', 'cpu/amd/epyc-9575f'],
    ['AMD', 'EPYC Turin (model not stated)', 'zen5', 'cpu/amd/epyc-turin-generic'],
    ['AMD', 'Threadripper PRO 7955WX', 'zen4', 'cpu/amd/threadripper-pro-7955wx'],
    ['AMD', 'Threadripper PRO 3000 or 5000', undefined, 'cpu/amd/threadripper-pro-3000'],
    ['Intel', 'Xeon E5-2630 v4', 'broadwell_ep', 'cpu/intel/xeon-e5-v4'],
    ['Intel', 'Xeon E5-2620 v3', 'haswell_ep', 'cpu/intel/xeon-e5-v3'],
    ['Intel', 'Xeon E5-2620 v2', 'ivy_bridge_ep', 'cpu/intel/xeon-e5-v2'],
    ['AMD', 'EPYC (model not stated)', undefined, 'cpu/amd/epyc'],
    ['Intel', 'Xeon Platinum 8358', 'ice_lake_sp', 'cpu/intel/xeon-ice-lake-sp'],
    ['Intel', 'Xeon Gold 6442Y', 'sapphire_rapids', 'cpu/intel/xeon-sapphire-rapids'],
    ['Intel', 'Xeon Emerald Rapids', 'emerald_rapids', 'cpu/intel/xeon-emerald-rapids'],
    ['Intel', 'Xeon Platinum 8168', 'skylake_sp', 'cpu/intel/xeon-skylake-sp'],
    ['Intel', 'Xeon Scalable 4th or 5th generation', undefined, 'cpu/intel/xeon-sapphire-rapids'],
    ['Intel', 'Rocket Lake-S', 'rocket_lake', 'cpu/intel/core-rocket-lake'],
    ['unknown', null, undefined, 'cpu/generic'],
  ])('serve the published CPU %s %s', (vendor, model, family, expected) => {
    expect(shipped.cpu({ vendor, model, family_hint: family })).toBe(expected);
  });

  it.each([
    ['switch', 'Broadcom PEX890xx', 'switch/broadcom/pex890xx'],
    ['switch', 'Broadcom PEX880xx', 'switch/broadcom/pex880xx'],
    ['switch', 'Microchip Switchtec PM50100', 'switch/microchip/pm50100'],
    ['switch', 'Intel on-card switch', 'switch/intel/on-card'],
    ['switch', 'chipset', 'switch/generic-chipset'],
    ['switch', undefined, 'switch/generic'],
    ['gpu', 'NVIDIA RTX PRO 6000 Blackwell', 'gpu/nvidia/rtx-pro-6000'],
    ['gpu', 'NVIDIA H100 PCIe', 'gpu/nvidia/h100-pcie'],
    ['gpu', 'NVIDIA RTX 5090', 'gpu/nvidia/rtx-5090'],
    ['gpu', 'NVIDIA RTX 4090', 'gpu/nvidia/rtx-4090'],
    ['gpu', 'NVIDIA RTX 3090', 'gpu/nvidia/rtx-3090'],
    ['gpu', 'NVIDIA A30', 'gpu/nvidia/a30'],
    ['gpu', 'NVIDIA V100', 'gpu/nvidia/v100'],
    ['gpu', 'Intel Arc B70', 'gpu/intel/arc-b70'],
    ['nvme', 'Samsung PM1753', 'nvme/samsung/pm1753'],
    ['fpga', undefined, 'fpga/generic'],
  ])('serve the published %s %s', (kind, model, expected) => {
    expect(shipped.child(kind, model)).toBe(expected);
  });
});
