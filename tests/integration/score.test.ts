import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkExplanation } from '../../workflows/scoring/check.ts';
import { runCli } from '../support/cli.ts';
import { makeTestFolder } from '../support/folder.ts';

const file = async (content: unknown): Promise<string> => {
  const path = join(await makeTestFolder('score'), 'file.json');
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const rule = { kind: 'product', key: 'double', of: ['values.x', '2'] };

test('score eval gives the value and an explanation that computes again; without --json, the words', async () => {
  const [ruleFile, data] = [await file(rule), await file({ values: { x: '1.25' } })];
  const { code, stdout } = await runCli(['score', 'eval', ruleFile, data, '--json']);
  const found = JSON.parse(stdout);
  expect({ code, keys: Object.keys(found), value: found.value }).toEqual({
    code: 0,
    keys: ['value', 'explanation'],
    value: '2.5',
  });
  expect(checkExplanation(found.explanation)).toEqual([]);
  expect(await runCli(['score', 'eval', ruleFile, data])).toEqual({
    code: 0,
    stdout: 'double: 1.25 × 2 = 2.5\n',
    stderr: '',
  });
}, 60_000);

test.each<[string, unknown, unknown, string, string | undefined]>([
  ['a wrong rule', { kind: 'ratio', of: 'values.x', to: '0' }, {}, 'score.rule', 'to'],
  ['a rule that is none', { kind: 'nope' }, {}, 'score.rule', 'kind'],
  ['wrong data', rule, { values: {}, indicators: [{ code: 'a' }] }, 'input.invalid', 'indicators[0].name'],
  [
    'data that cannot be scored',
    { kind: 'ratio', of: '1', to: 'values.x' },
    { values: { x: '0' } },
    'score.divideByZero',
    undefined,
  ],
  ['a file that is no JSON', '{', {}, 'body.malformed', undefined],
])(
  '%s is refused with an id and where',
  async (_what, rule, data, id, path) => {
    const args = ['score', 'eval', await file(rule), await file(data)];
    const { code, stdout } = await runCli([...args, '--json']);
    const { error } = JSON.parse(stdout);
    expect({ code, id: error.id }).toEqual({ code: 1, id });
    if (path === undefined) return;
    expect(error.errors.map((one: { path: string }) => one.path)).toContain(path);
    const words = await runCli(args);
    expect(words.stderr).toContain(`  ${path}: `);
    expect(words.stdout).toBe('');
  },
  60_000,
);

test('a file that is not there is refused by its name', async () => {
  const { code, stderr } = await runCli(['score', 'eval', '/nowhere/rule.json', '/nowhere/data.json']);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('/nowhere/rule.json cannot be read') });
}, 60_000);
