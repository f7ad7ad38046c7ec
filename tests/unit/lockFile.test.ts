import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Entry {
  version?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Entry> };

/** Node's own way to look a package up: beside the one that needs it, then further out. */
const resolves = (from: string, name: string): boolean => {
  const parts = from === '' ? [] : from.split('/node_modules/');
  const folders = parts.map((_, index) => `${parts.slice(0, index + 1).join('/node_modules/')}/node_modules/${name}`);
  return [`node_modules/${name}`, ...folders].some((path) => path in packages);
};

// npm drops an optional package of another platform when the registry at hand lacks it, and then `npm ci`
// refuses the lock file everywhere.
test('the lock file holds every package that it mentions, for other platforms too', () => {
  const missing = Object.entries(packages).flatMap(([from, entry]) =>
    Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
      .filter((name) => !resolves(from, name))
      .map((name) => `${from} needs ${name}`),
  );
  expect(missing).toEqual([]);
});
