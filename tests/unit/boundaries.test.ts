import { describe, expect, test } from 'vitest';
import { findBreaches, sourceFiles } from '../support/boundaries.ts';

const why = (file: string, text: string) => findBreaches(file, text).map((breach) => breach.why);

describe('admin → workflows ← server → prisma', () => {
  test('no source file breaks it', () => {
    const files = sourceFiles();
    expect(files.filter((file) => file.startsWith('workflows/')).length).toBeGreaterThan(10);
    expect(files.filter((file) => file.startsWith('server/')).length).toBeGreaterThan(10);
    expect(files.flatMap((file) => findBreaches(file))).toEqual([]);
  });

  test.each([
    ['workflows/a.ts', "import { x } from '../server/db/index.ts';"],
    ['workflows/a.ts', "export * from '../prisma/client/client.ts';"],
    ['workflows/a.ts', "const x = await import('../server/x.ts');"],
    ['workflows/a.ts', "import type { X } from '../admin/x.ts';"],
    ['workflows/a.ts', "import { readFile } from 'node:fs/promises';"],
    ['workflows/a.ts', "import { readFileSync } from 'fs';"],
    ['workflows/a.ts', "import pg from 'pg';"],
    ['workflows/template/a.ts', "import { setup } from 'xstate';"],
    ['server/engine/a.ts', "import { transition } from 'xstate';"],
    ['server/engine/a.ts', "import { x } from '../../admin/x.tsx';"],
    ['admin/a.tsx', "import { x } from '../server/http/app.ts';"],
    ['admin/a.tsx', "import { x } from '../prisma/client/client.ts';"],
    ['admin/a.tsx', "import { x } from 'node:path';"],
    ['prisma/seed/a.ts', "import { x } from '../../server/x.ts';"],
    ['workflows/a.ts', 'const t = Date.now();'],
    ['workflows/a.ts', 'const t = globalThis.Date.now();'],
    ['workflows/a.ts', 'const t = new Date();'],
    ['workflows/a.ts', 'const t = Date();'],
    ['workflows/a.ts', 'const t = Math.random();'],
    ['workflows/a.ts', 'const pick = [].sort(Math.random);'],
    ['workflows/a.ts', 'const t = Temporal.Now.instant();'],
    ['workflows/a.ts', 'const id = crypto.randomUUID();'],
    ['workflows/a.ts', 'const e = process.env.X;'],
    ['workflows/a.ts', 'await fetch("http://x");'],
    ['workflows/a.ts', 'setTimeout(() => 1, 1);'],
  ])('is seen to be broken: %s %s', (file, text) => {
    expect(why(file, text)).toHaveLength(1);
  });

  test.each([
    ['workflows/machine/a.ts', "import { transition } from 'xstate';"],
    ['workflows/a/b.ts', "import { x } from '../text.ts';"],
    [
      'server/engine/a.ts',
      "import { x } from '../../workflows/text.ts'; import { y } from '../../prisma/client/client.ts';",
    ],
    ['admin/a.tsx', "import type { Text } from '../workflows/text.ts'; export const A = () => <b />;"],
    [
      'workflows/a.ts',
      '// Date.now() is not for us\nconst d = new Date(at); const o = { process: 1, fetch: 2 }; o.process;',
    ],
    ['workflows/a.ts', "const s = 'Math.random() new Date()';"],
    ['server/a.ts', "import { readFile } from 'node:fs'; Date.now(); new Date(); Math.random();"],
  ])('is not seen where it holds: %s %s', (file, text) => {
    expect(why(file, text)).toEqual([]);
  });
});
