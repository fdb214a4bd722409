import { readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine, filesIn, FIXTURES, scenario, temporaryFolder } from './command-line.ts';

const yamlIn = (folder: string): readonly string[] =>
  readdirSync(join(FIXTURES, folder)).filter((name) => name.endsWith('.yaml'));

/** A message as a person reads it, with paths that do not depend on the machine. */
const message = (err: string): string => err.replaceAll(`${relative(process.cwd(), FIXTURES)}/`, '');

describe('a bad scenario', () => {
  it.each(yamlIn('scenarios/bad'))(
    '%s: one line with place and remedy, exit code 2, nothing written',
    async (name) => {
      const folder = temporaryFolder();
      const file = join(FIXTURES, 'scenarios/bad', name);
      const { code, out, err } = await commandLine('run', file, '-o', folder, '--json');
      expect([code, out, filesIn(folder)]).toEqual([2, '', []]);
      expect(err).toMatch(/^hairpin: [^\n]+\.yaml[^\n]*: expected [^\n]+, got [^\n]+; [^\n]+\n$/);
      await expect(message(err)).toMatchFileSnapshot(file.replace(/yaml$/, 'txt'));
    },
  );
});

describe('a bad system', () => {
  it.each(yamlIn('systems/bad'))('%s: one line with its place, exit code 2', async (name) => {
    const { code, out, err } = await commandLine('show', join(FIXTURES, 'systems/bad', name));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^hairpin: [^\n]+\.yaml[^\n]*: expected [^\n]+, got [^\n]+; [^\n]+\n$/);
  });
});

describe('bad arguments are told in one line with exit code 2', () => {
  const SYSTEM = 'wrx90-2sw-flat';
  it.each([
    ['', /no command; see hairpin --help/],
    ['shwo wrx90-2sw-flat', /unknown command "shwo"; did you mean show\?/],
    ['frobnicate', /unknown command "frobnicate"; there are compare, experiment, explain, matrix/],
    ['../main', /unknown command "\.\.\/main"/],
    ['--json p2p x', /--json stands before the command/],
    ['p2p', /missing required argument 'system'; see hairpin p2p --help/],
    [`p2p ${SYSTEM} gpu0`, /p2p has a provider \(gpu0\) but no client; name both/],
    [`p2p ${SYSTEM} gpu0 gpu1 gpu2`, /too many arguments/],
    [`p2p ${SYSTEM} gpu0 gpu99`, /"gpu99" is not in system wrx90-2sw-flat/],
    [`p2p ${SYSTEM} --jsn`, /unknown option '--jsn'; did you mean --json\?; see hairpin p2p --help/],
    [`show ${SYSTEM} --sensitivity`, /unknown option '--sensitivity'; see hairpin show --help/],
    ['run --sensitivity', /missing required argument 'scenario'/],
    ['experiment nothing --sensitivity', /there is no experiment "nothing"/],
    [`p2p ${SYSTEM} --kernel linux-2.6`, /"linux-2.6" is no kernel profile.*Known: linux-4.20/],
    ['show wrx90', /wrx90: expected a file, or the name of a system.*did you mean wrx90-2/],
    [`explain ${SYSTEM} gpu0`, /missing required argument 'to'/],
    [`explain ${SYSTEM} gpu0 gpu0`, /gpu0 cannot be both ends/],
    [`explain ${SYSTEM} gpu0 sw1`, /"sw1" is a switch.*name a device/],
    [`explain ${SYSTEM} mem:s0 gpu0`, /mem:s0 is memory, which starts no transfer.*--op read/],
    [`explain ${SYSTEM} gpu0 mem:s7`, /"mem:s7" is no memory of wrx90-2sw-flat; choose from mem:s0/],
    [`explain ${SYSTEM} gpu0 gpu1 --size 4096`, /"4096" is no quantity.*write it like "64 MiB"/],
    [`explain ${SYSTEM} gpu0 gpu1 --size 0B`, /--size is "0B"; expected a size from 1 B to 1 TiB/],
    [
      `explain ${SYSTEM} gpu0 gpu1 --op copy`,
      /option '--op <op>' argument 'copy' is invalid. Allowed choices are write, read/,
    ],
    [`explain ${SYSTEM} gpu0 gpu4 --via gpu1`, /"gpu1" is no memory of .*choose from mem:s0, or mem/],
    [`explain ${SYSTEM} gpu0 mem:s0 --via mem`, /mem:s0 is memory, .*nothing is staged; leave --via away/],
    [`explain ${SYSTEM} gpu0 gpu4 --via mem --op read`, /--op says nothing of a staged copy.*leave it away/],
    ['run nowhere.yaml', /nowhere\.yaml: expected a file, got nothing there; check the path/],
    [`matrix ${SYSTEM} --devices gpu0`, /\[gpu0\] are the devices.*expected two or more/],
    [`matrix ${SYSTEM} --devices gpu0,gpuu1`, /"gpuu1" is no device of wrx90-2sw-flat; did you mean gpu1/],
    [`matrix ${SYSTEM} --size 2TiB`, /--size is "2TiB"; expected a size from 1 B to 1 TiB/],
    [`compare ${SYSTEM}`, /compare has one system.*name two or more/],
    [`compare ${SYSTEM} wrx90-2vs --runs 0`, /--runs is "0"; expected a whole number from 1/],
    [`compare ${SYSTEM} wrx90-2vs --size 1e18B`, /expected a size from 1 B to 1 TiB|below 2\^53/],
    [`compare ${SYSTEM} wrx90-2vs --traffic ring`, /ring: expected a file, got nothing there/],
    ['experiment nothing-of-this-name', /there is no experiment "nothing-of-this-name"; there are /],
    ['models pm50100', /there is no part "pm50100"; did you mean switch\/microchip\/pm50100/],
    ['models linux-7.3', /"linux-7.3" is a kernel profile, not a part/],
    ['models wrx90-2vs', /"wrx90-2vs" is a system, not a part; see hairpin show wrx90-2vs/],
  ])('%s', async (line, expected) => {
    const { code, out, err } = await commandLine(...line.split(' ').filter((word) => word !== ''));
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^hairpin: [^\n]+\n$/);
    expect(err).toMatch(expected);
  });
});

describe('a folder that cannot take results', () => {
  it('is refused before the run where a file stands in its place', async () => {
    const file = join(temporaryFolder(), 'results');
    writeFileSync(file, 'mine');
    const { code, err } = await commandLine('run', scenario('redirect'), '-o', file);
    expect([code, err]).toEqual([
      2,
      `hairpin: ${file}: expected a folder, got a file; choose another folder with -o\n`,
    ]);
  });

  it('is refused where a file stands on the way to it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'results'), 'mine');
    const { code, err } = await commandLine(
      'run',
      scenario('redirect'),
      '-o',
      join(folder, 'results/deeper'),
    );
    expect(code).toBe(2);
    expect(err).toMatch(
      /results\/deeper: expected a folder, got the file .*results on its way; choose another/,
    );
    expect(filesIn(folder)).toEqual(['results']);
  });
});
