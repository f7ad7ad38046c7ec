import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { library } from '../../../workflows/library/index.ts';
import { outlineOf } from '../../../workflows/template/outline.ts';
import { blocksOf } from '../../../workflows/template/schema.ts';
import { task, template } from '../../support/blocks.ts';
import { runCli } from '../../support/cli.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-template-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const json = async (...args: string[]) => {
  const { code, stdout } = await runCli(['template', ...args, '--json']);
  return { code, value: JSON.parse(stdout) };
};

describe('bihuan template lint', () => {
  test('all that is shipped is green', async () => {
    const { code, value } = await json('lint');
    expect(code).toBe(0);
    expect(value).toMatchObject({ ok: true });
    expect(value.templates.map((one: { template: string }) => one.template)).toEqual(Object.keys(library));
  }, 60_000);
  test('a red one fails, and says where and why', async () => {
    const path = await file('red.json', JSON.stringify(template({ plan: [task('a', { shows: ['nope'] })] })));
    const { code, value } = await json('lint', path);
    expect(code).toBe(1);
    expect(value.templates[0]).toMatchObject({
      ok: false,
      errors: 1,
      findings: expect.arrayContaining([expect.objectContaining({ path: 'phases.plan.blocks[0].shows[0]' })]),
    });
    const words = await runCli(['template', 'lint', path]);
    expect(words.stdout).toContain('error name.unknown: There is no field or computed value "nope".');
  }, 60_000);
  test.each<[string, string | Buffer, string]>([
    ['broken.json', '{', 'body.malformed'],
    ['twice.json', '{"key": 1, "key": 2}', 'body.duplicateKey'],
    ['gb18030.json', Buffer.from([0x22, 0xd6, 0xd0, 0x22]), 'body.encoding'],
  ])(
    '%s is refused',
    async (name, content, id) => {
      const { code, value } = await json('lint', await file(name, content));
      expect([code, value.error.id]).toEqual([1, id]);
    },
    60_000,
  );
  test('a template that is not there', async () => {
    const { code, value } = await json('show', 'nope');
    expect([code, value.error.id]).toEqual([1, 'template.unknown']);
  }, 60_000);
});

describe('bihuan template export', () => {
  test('prints the machines of every track', async () => {
    const { code, value } = await json('export', 'zjg-departments', '--xstate');
    expect(code).toBe(0);
    expect(Object.keys(value.machines)).toEqual(['participant', 'cycle', 'item/decompose', 'item/rectifyEach']);
    expect(value.machines.participant.states.plan.initial).toBe('issueGoals');
  }, 60_000);
  test('a red template has no machines', async () => {
    const path = await file('wait.json', JSON.stringify(template({ plan: [{ ...task('a'), key: 'plan' }] })));
    const { code, value } = await json('export', path, '--xstate');
    expect([code, value.error.id]).toEqual([1, 'template.red']);
    expect(value.error.errors[0].path).toBe('phases.plan.blocks[0].key');
  }, 60_000);
});

test.each(Object.keys(library))('the outline of %s names every block once', (key) => {
  const shipped = library[key];
  if (!shipped) throw new Error(key);
  const lines = outlineOf(shipped, 'en');
  const named = lines.flatMap((line) => /^\s*(\S+) \[/.exec(line)?.[1] ?? []);
  expect(named.sort()).toEqual([...blocksOf(shipped)].map(({ block }) => block.key).sort());
  expect(lines.join('\n')).not.toContain('undefined');
});

describe('bihuan template rules', () => {
  test('lists the published rules, and puts them into a template that lints green', async () => {
    const { value: listed } = await json('rules');
    const keys = listed.rules.map(({ key }: { key: string }) => key);
    expect(keys).toEqual(expect.arrayContaining(['sanming', 'guangyuan', 'xinhuang']));
    const { code, value } = await json('rules', 'zjj-five-links', 'guangyuan', 'sanming');
    expect(code).toBe(0);
    expect(value).toMatchObject({ key: 'zjj-five-links', warnings: { urgent: true } });
    const path = await file('taken.json', JSON.stringify(value));
    expect((await json('lint', path)).value).toMatchObject({ ok: true });
  }, 60_000);
  test('an unknown rule, and none, are refused with what there is', async () => {
    for (const given of [['nowhere'], []]) {
      const { code, stdout } = await runCli(['template', 'rules', 'zjj-five-links', ...given, '--json']);
      expect(code).toBe(1);
      expect(stdout).toContain('guangyuan');
    }
  });
});
