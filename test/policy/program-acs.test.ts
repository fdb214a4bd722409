import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type OracleLine, oracleSystem } from '../../src/import/kernel-oracle.ts';
import { parseBootOptions } from '../../src/policy/boot-options.ts';
import { bootSystem, programmedControl } from '../../src/policy/program-acs.ts';
import type { System, SystemNode } from '../../src/system/system.ts';
import { loadKernel } from '../support/kernel-files.ts';
import { vectorFixture } from '../support/vector-fixture.ts';
import { testCpu, testEndpoint, testSwitch, vectorSystem } from '../support/vector-system.ts';

interface ControlVector {
  readonly id: string;
  readonly title: string;
  readonly input: {
    readonly fw: number;
    readonly cap: number;
    readonly iommu: boolean;
    readonly noats?: boolean;
    readonly ext?: boolean;
    readonly redir?: boolean;
    readonly cfg?: string;
  };
  readonly expectCtrl: number;
}

const fixture = (name: string) => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');
const { acsConfigVectors } = JSON.parse(fixture('acs-config.json')) as {
  acsConfigVectors: readonly (
    | ControlVector
    | { readonly id: string; readonly input: { readonly cmdline: string } }
  )[];
};

describe('the ACS control register after boot', () => {
  const vectors = acsConfigVectors.filter((vector): vector is ControlVector => 'expectCtrl' in vector);

  test.each(vectors.map((vector) => [vector.id, vector.title, vector] as const))(
    '%s: %s',
    (_, __, { input, expectCtrl }) => {
      const [config] =
        input.cfg === undefined ? [] : parseBootOptions(`pci=config_acs=${input.cfg}@pci:0:0`).configAcs;
      const control = programmedControl({
        acs: { capability: input.cap, control: input.fw },
        iommu: input.iommu,
        blocksTranslated: input.noats === true || input.ext === true,
        disableRedirect: input.redir === true,
        clears: 'from-firmware',
        config: config?.acs ?? null,
      });
      expect(control).toBe(expectCtrl);
    },
  );

  test('C15: a list with a comma loses all devices but the first, and Linux says so', () => {
    const options = parseBootOptions('pci=disable_acs_redir=0000:02:00.0,0000:02:01.0');
    expect(options.disableRedirect).toEqual([{ kind: 'path', root: '0000:02:00.0', below: [] }]);
    expect(options.ignored).toEqual([
      {
        text: '0000:02:01.0',
        log: "PCI: Unknown option `0000:02:01.0'",
        remedy: 'separate devices by ; and quote the option',
      },
    ]);
  });

  test('C16: pci=noacs does nothing, and Linux says so', () => {
    const { ignored, ...options } = parseBootOptions('quiet pci=noacs');
    expect(ignored[0]?.log).toBe("PCI: Unknown option `noacs'");
    expect({ ...options, ignored: [] }).toEqual(parseBootOptions(''));
  });
});

/** The machine as firmware leaves it that sets no ACS bit. */
function withoutAcs(system: System): System {
  const nodes = Object.entries(system.nodes).map(([id, node]) => [
    id,
    node.acs ? { ...node, acs: { ...node.acs, control: 0 } } : node,
  ]);
  return { ...system, nodes: Object.fromEntries(nodes) };
}

const controls = (system: System) =>
  Object.values(system.nodes).flatMap(({ id, acs }) => (acs ? [[id, acs.control]] : []));

const parts = { cpu: testCpu(), switch: testSwitch(), device: testEndpoint() };
const WHOLE = new URL('../../../shared/vectors/kernel-oracle/verdicts.jsonl', import.meta.url);
const text = existsSync(WHOLE) ? readFileSync(WHOLE, 'utf8') : fixture('kernel-oracle/verdicts.jsonl');
const boots = text
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as OracleLine & { readonly cmdline: string })
  .filter(({ id }) => id.startsWith('t14-'));

describe('boots of a running kernel from firmware without ACS', () => {
  test.each(boots.map((line) => [line.id, line] as const))(
    '%s: all ports are set as the kernel set them',
    (_, line) => {
      const kernel = oracleSystem(line, parts);
      const booted = bootSystem(withoutAcs(kernel), parseBootOptions(line.cmdline), loadKernel('linux-7.3'));
      expect(controls(booted)).toEqual(controls(kernel));
      expect(controls(booted).length).toBeGreaterThan(2);
    },
  );
});

describe('boot options', () => {
  test.each([
    ['intel_iommu=on', 'off', 'translate'],
    ['intel_iommu=on iommu=pt', 'off', 'passthrough'],
    ['intel_iommu=off', 'translate', 'off'],
    ['iommu=pt', 'translate', 'passthrough'],
    ['quiet splash', 'passthrough', 'passthrough'],
  ] as const)('%s make of an IOMMU that is %s one that is %s', (line, before, after) => {
    const system = oracleSystem(boots[0] as OracleLine, parts);
    const iommu = { ...system.iommu, mode: before };
    const booted = bootSystem({ ...system, iommu }, parseBootOptions(line), loadKernel('linux-7.3'));
    expect(booted.iommu.mode).toBe(after);
  });

  test.each(['pci=disable_acs_redir=nonsense', 'pci=config_acs=1y0@pci:0:0', 'pcie_acs_override=downstream'])(
    '%s is ignored, with what to write instead',
    (line) => {
      const { ignored, disableRedirect, configAcs } = parseBootOptions(line);
      expect([disableRedirect, configAcs]).toEqual([[], []]);
      expect(ignored[0]?.remedy).toMatch(/\w/);
    },
  );
});

describe('translated requests', () => {
  const PROFILE = loadKernel('linux-7.3');
  const booted = (externalFacing: boolean, line: string) => {
    const system = withoutAcs(vectorSystem(vectorFixture('sw-1d')));
    const nodes = Object.values(system.nodes).map((node): [string, SystemNode] => {
      if (node.kind === 'root_port') return [node.id, { ...node, externalFacing }];
      if (node.kind !== 'endpoint') return [node.id, node];
      return [node.id, { ...node, part: { ...node.part, ats: { entries: 64 } } }];
    });
    const after = bootSystem(
      { ...system, nodes: Object.fromEntries(nodes) },
      parseBootOptions(line),
      PROFILE,
    );
    const { A: device, dn0: port } = after.nodes;
    return [port?.acs?.control, device?.kind === 'endpoint' && device.part.ats.entries];
  };

  test('are let through by ports, and devices may keep translations, unless something says otherwise', () => {
    expect(booted(false, 'intel_iommu=on')).toEqual([0x1d, 64]);
  });

  test('are blocked with noats, and no device keeps translations', () => {
    expect(booted(false, 'intel_iommu=on pci=noats')).toEqual([0x1f, null]);
  });

  test('are blocked below a port that faces the outside, and no device keeps translations there', () => {
    expect(booted(true, 'intel_iommu=on')).toEqual([0x1f, null]);
  });
});

const boot = (kernel: string, options: string) => {
  const profile = loadKernel(kernel);
  const system = withoutAcs(vectorSystem(vectorFixture('sw-1d')));
  const parsed = parseBootOptions(options, profile.acs);
  return { parsed, control: bootSystem(system, parsed, profile).nodes.dn0?.acs?.control };
};

describe('boot options of older kernels', () => {
  test.each([
    ['linux-6.12', 0x00],
    ['linux-6.1', 0x11],
    ['linux-4.20', 0x11],
    ['proposed-2026-tlpclass', 0x00],
  ])('%s leaves of ports of which disable_acs_redir clears the redirect 0x%s', (kernel, control) => {
    expect(boot(kernel, 'intel_iommu=on pci=disable_acs_redir=pci:0:0').control).toBe(control);
  });

  test('without an IOMMU, 6.1 clears the redirect bits of the firmware as 6.12 does', () => {
    for (const kernel of ['linux-6.1', 'linux-6.12']) {
      const profile = loadKernel(kernel);
      const options = parseBootOptions('pci=disable_acs_redir=pci:0:0', profile.acs);
      const system = { ...vectorSystem(vectorFixture('sw-1d')), iommu: { mode: 'off', pageBytes: 4096 } };
      expect(bootSystem(system as System, options, profile).nodes.dn0?.acs?.control).toBe(0x11);
    }
  });

  test('a kernel without config_acs ignores it, says so, and what to do', () => {
    const line = 'intel_iommu=on pci=config_acs=0000000@pci:0:0';
    expect(boot('linux-6.12', line)).toMatchObject({ control: 0, parsed: { ignored: [] } });
    const { control, parsed } = boot('linux-6.1', line);
    expect(control).toBe(0x1d);
    expect(parsed.ignored).toEqual([
      {
        text: 'config_acs=0000000@pci:0:0',
        log: "PCI: Unknown option `config_acs=0000000@pci:0:0'",
        remedy: expect.stringContaining('6.12'),
      },
    ]);
  });

  test('config_acs that was read for another kernel does nothing on one without it', () => {
    const profile = loadKernel('linux-6.1');
    const options = parseBootOptions('pci=config_acs=0000000@pci:0:0');
    const system = vectorSystem(vectorFixture('sw-1d'));
    expect(bootSystem(system, options, profile).nodes.dn0?.acs?.control).toBe(0x1d);
  });
});
