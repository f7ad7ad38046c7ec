import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { rehearsed as toRehearse } from '../../../server/cli/commands/template.ts';
import { type Rehearsal, rehearseOn } from '../../../server/rehearse/index.ts';
import { printRehearsal } from '../../../server/rehearse/print.ts';
import { library } from '../../../workflows/library/index.ts';
import type { Block } from '../../../workflows/template/block.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import {
  approval,
  branch,
  decimal,
  formula,
  gate,
  named,
  notify,
  parallel,
  rank,
  repeat,
  task,
  template,
  textField,
  wait,
} from '../../support/blocks.ts';
import { runCli } from '../../support/cli.ts';
import { makeTestDatabase } from '../../support/database.ts';
import { makeTestFolder } from '../../support/folder.ts';

const OFFICE = { kind: 'role', role: 'performanceOffice' } as const;
const HEAD = { kind: 'head' } as const;
const opened = (workingDays: number) => ({ from: 'opened', workingDays }) as const;

async function rehearsed(content: CycleTemplate, year = 2026): Promise<Rehearsal> {
  expect(lintTemplate(content).filter(({ severity }) => severity === 'error')).toEqual([]);
  const { pool } = await makeTestDatabase();
  return rehearseOn(pool, { template: content, year, onProgress: () => {} });
}

const of = (result: Rehearsal, block: string, item: string | null = null) =>
  result.rows.filter((row) => row.block === block && row.item === item);
const line = (result: Rehearsal, block: string, item: string | null = null) =>
  of(result, block, item).map(({ offset, do: act, day, fired, who }) =>
    [offset, act, day, fired, who.map(({ en }) => en).join()].join(' '),
  );

describe('a rehearsal', async () => {
  const everything = template({
    plan: [
      task('goals', { per: 'cycle', who: [OFFICE], deadline: { date: '01-20' }, remind: [-1] }),
      task('draft', {
        remind: [-2, 0],
        escalate: [
          { after: 0, do: 'head' },
          { after: 1, do: 'superior' },
          { after: 2, do: 'supervise', colour: 'yellow' },
          { after: 3, do: 'deduct', points: '0.5' },
          { after: 4, do: 'transfer', to: HEAD },
        ],
        fields: [decimal('score', { min: '0', max: '100' }), textField('kind')],
      }),
      approval('chain', {
        mode: 'sequential',
        who: [HEAD, OFFICE],
        remind: [0],
        escalate: [{ after: 2, do: 'office' }],
      }),
      approval('checked', { returnTo: 'draft', onReject: undefined, escalate: [{ after: 1, do: 'return' }] }),
      task('opinion', { who: [OFFICE], escalate: [{ after: 0, do: 'pass' }] }),
      repeat('sections', 'sections', 'together', [
        task('sectionTask', { who: [{ kind: 'head', of: 'item' }], remind: [0] }),
      ]),
    ],
    execute: [
      repeat('quarters', 'quarters', 'oneByOne', [
        wait('quarterEnd', { until: { from: 'itemEnd' } }),
        task('report', {
          deadline: { from: 'itemEnd', workingDays: 5 },
          remind: [-2],
          escalate: [{ after: 1, do: 'remind' }],
        }),
      ]),
      parallel('both', [task('left', { remind: [0] })], [task('right', { escalate: [{ after: 1, do: 'remind' }] })]),
    ],
    evaluate: [
      task('meeting', { per: 'cycle', who: [OFFICE], opens: { date: '05-01', year: 'next' }, remind: [0] }),
      rank('ranking', 'score'),
    ],
    feedback: [
      notify('letter', 'hello'),
      branch('last', 'standing.rank = standing.rankOf', [task('talk', { remind: [0] })]),
    ],
    rectify: [
      branch('odd', 'score < 60 and kind = "special"', [
        task('mend', { remind: [0], fields: [decimal('cost', { max: '1000' })] }),
        branch('dear', 'cost > 500.5', [approval('dearer', { escalate: [{ after: 1, do: 'remind' }] })]),
      ]),
    ],
  });
  const result = await rehearsed(everything);

  it('fires every reminder and rung of every block, in each track, path and item', () => {
    expect(result.unreached).toEqual([]);
    expect(result.rows.filter(({ fired }) => !fired)).toEqual([]);
    expect(result).toMatchObject({
      rungs: 32,
      fired: 32,
      unfired: 0,
      unheard: 0,
      year: 2026,
      knownUntil: '2026-12-31',
    });
    const blocks = new Set(result.rows.map(({ block }) => block));
    expect([...blocks]).toEqual(
      'goals draft chain checked opinion sectionTask quarterEnd report left right meeting talk mend dearer'.split(' '),
    );
  });

  it('says when each fires and who hears of it', () => {
    expect(line(result, 'goals')).toEqual(['-1 remind 2026-01-19 true office']);
    expect(line(result, 'draft')).toEqual([
      '-2 remind 2026-01-23 true staff',
      '0 remind 2026-01-27 true staff',
      '0 head 2026-01-27 true staff,head of the unit',
      '1 superior 2026-01-28 true staff,head of the unit',
      '2 supervise 2026-01-29 true staff,head of the unit,office',
      '3 deduct 2026-01-30 true staff,head of the unit,office',
      '4 transfer 2026-02-02 true head of the unit',
    ]);
    // One after the other: the first one's clock.
    expect(line(result, 'chain')).toEqual([
      '0 remind 2026-02-03 true head of the unit',
      '2 office 2026-02-05 true head of the unit,office',
    ]);
    expect(line(result, 'checked').map((text) => text.slice(0, 19))).toEqual(['1 return 2026-03-10']);
    expect(line(result, 'sectionTask', 'all1-1')[0]).toMatch(/true section, head of the unit$/);
  });

  it('takes months and quarters one by one, over the end of the year, by the calendar', () => {
    expect(line(result, 'report', '2026-Q3')).toEqual([
      '-2 remind 2026-10-10 true staff',
      '1 remind 2026-10-14 true staff',
    ]);
    const last = of(result, 'report', '2026-Q4');
    expect(last.map(({ day, provisional }) => [day, provisional])).toEqual([
      ['2027-01-05', true],
      ['2027-01-08', true],
    ]);
    expect(result.provisional).toBe(result.rows.filter(({ day }) => String(day) > '2026-12-31').length);
  });

  it('opens a meeting on its day although somebody is still silent', () => {
    expect(of(result, 'meeting').map(({ do: act, day, fired }) => [act, day, fired])).toEqual([
      ['opens', '2027-05-03', true],
      ['remind', expect.any(String), true],
    ]);
  });

  it.each(['zh', 'en'] as const)('prints as a table in %s', (language) => {
    const text = printRehearsal(result, language).join('\n');
    expect(text).toContain(language === 'zh' ? '督办 黄' : 'supervise yellow');
    expect(text).toContain(language === 'zh' ? '暂定' : 'provisional');
    expect(text).not.toMatch(/undefined|NaN|\[object/);
  });
});

it('lets every timer of the shipped template fire in a year whose holidays are not published', {
  timeout: 240_000,
}, async () => {
  const result = await rehearsed(library['zjg-departments'] as CycleTemplate, 2027);
  expect(result.rows.filter(({ fired, remark }) => !fired || remark)).toEqual([]);
  expect(result).toMatchObject({ template: 'zjg-departments', year: 2027, unfired: 0, unheard: 0, unreached: [] });
  expect(result.rungs).toBeGreaterThan(200);
  expect(result.provisional).toBe(result.rungs);
});

describe('what a rehearsal finds', () => {
  it('says which block it cannot reach, and why', async () => {
    const result = await rehearsed(
      template({
        plan: [
          task('draft', { fields: [decimal('score', { min: '0', max: '10' })] }),
          branch('x', 'participant.name = "nobody is called so" and score > 1', [task('never', { remind: [0] })]),
        ],
      }),
    );
    expect(result).toMatchObject({ rungs: 1, fired: 0, unfired: 1 });
    expect(result.unreached).toEqual([
      {
        block: 'never',
        name: expect.anything(),
        reason: { zh: expect.stringContaining('participant.name'), en: expect.stringContaining('participant.name') },
      },
    ]);
    expect(printRehearsal(result, 'zh').join('\n')).toContain('没有走到的步骤');
  });

  it('finds a reminder whose day has always passed when the task appears', async () => {
    const result = await rehearsed(
      template({
        plan: [
          wait('spring', { until: { date: '03-31' } }),
          task('late', { deadline: { date: '04-02' }, remind: [-5, -1], escalate: [{ after: 0, do: 'head' }] }),
        ],
      }),
    );
    expect(result).toMatchObject({ rungs: 4, fired: 3, unfired: 1, unreached: [] });
    expect(result.rows.find(({ fired }) => !fired)).toMatchObject({
      block: 'late',
      offset: -5,
      remark: { zh: '任务出现时这一天已过' },
    });
  });

  it('does not call a reminder dead that only comes too late when everyone takes their time', async () => {
    const result = await rehearsed(
      template({
        plan: [
          task('first', { deadline: opened(20), remind: [0] }),
          task('second', { deadline: { date: '02-10' }, remind: [-5] }),
        ],
      }),
    );
    expect(result).toMatchObject({ unfired: 0, unreached: [] });
  });

  it('comes by what follows from grades, uses and alarms, which only the server gives', async () => {
    const content = template(
      {
        evaluate: [
          task('judge', { fields: [decimal('points', { min: '0', max: '100' })] }),
          { ...formula('grading', 'grade', ''), per: 'cycle', rule: { kind: 'grade', by: 'points' } } as Block,
          { ...formula('using', 'uses', ''), per: 'cycle', rule: { kind: 'uses' } } as Block,
          {
            ...branch('alarm', 'grade.alarm != null', [task('inquire', { who: [OFFICE], remind: [0] })]),
            per: 'cycle',
          },
        ],
        feedback: [
          branch('poor', 'grade = "poor"', [task('answer', { remind: [0] })]),
          branch('talked', 'list contains(uses, "talk")', [task('talk', { remind: [0] })]),
        ],
      },
      {
        grades: {
          grades: [
            { key: 'good', name: named('good'), atLeast: '60' },
            { key: 'poor', name: named('poor') },
          ],
          alarm: { grades: ['good'], share: '0.85' },
        },
        uses: [
          {
            key: 'talk',
            name: named('talk'),
            whom: { kind: 'grade', grades: ['poor'] },
            effect: { kind: 'talk' },
          },
        ],
      },
    );
    const result = await rehearsed(content);
    expect(result).toMatchObject({ rungs: 3, fired: 3, unreached: [] });
  });

  it('finds values for several conditions and a gate at once', async () => {
    const result = await rehearsed(
      template({
        plan: [
          task('draft', {
            fields: [decimal('a', { max: '100' }), decimal('b', { max: '100' }), decimal('c', { max: '9999' })],
          }),
          formula('sum', 'total', 'a + b'),
          gate('enough', 'total >= 30', 'draft'),
          branch('narrow', 'total < 35 and c > 8000 and b > a', [
            approval('narrowly', { escalate: [{ after: 1, do: 'remind' }] }),
          ]),
        ],
      }),
    );
    expect(result).toMatchObject({ rungs: 1, fired: 1, unfired: 0, unreached: [] });
  });
});

describe('several rehearsals', () => {
  it('are those of the templates that are named, or with --all of everything that ships', () => {
    expect(toRehearse([], true)).toEqual(Object.keys(library));
    expect(Object.keys(library)).toHaveLength(14);
    expect(toRehearse(['a.json', 'five-stages'], false)).toEqual(['a.json', 'five-stages']);
    for (const [names, all] of [
      [[], false],
      [['five-stages'], true],
    ] as const)
      expect(() => toRehearse(names, all)).toThrow(/input\.invalid/);
  });

  it('come one after the other through the command, which fails where one leaves something', {
    timeout: 120_000,
  }, async () => {
    const folder = await makeTestFolder('rehearse');
    const file = async (name: string, content: CycleTemplate) => {
      const path = join(folder, `${name}.json`);
      await writeFile(path, JSON.stringify({ ...content, key: name }));
      return path;
    };
    const whole = template({
      plan: [task('draft', { remind: [-1, 0], fields: [decimal('score', { min: '0', max: '100' })] })],
    });
    const good = await file('good', whole);
    const never = branch('low', 'participant.name = "nobody is called so" and score > 1', [
      task('mend', { remind: [0] }),
    ]);
    const bad = await file('bad', template({ plan: [...whole.phases.plan.blocks, never] }));
    const env = { DATABASE_URL: inject('clusterUrl') };
    const run = async (...args: string[]) => {
      const { code, stdout, stderr } = await runCli(['template', 'rehearse', ...args, '--year', '2026', '--json'], {
        env,
      });
      return { code, stderr, result: JSON.parse(stdout) };
    };
    const twice = { rungs: 2, fired: 2, unfired: 0, unheard: 0, unreached: [], left: [] };
    expect(await run(good, bad)).toMatchObject({
      code: 1,
      result: {
        ok: false,
        templates: [
          { template: 'good', ...twice },
          { template: 'bad', fired: 2, unreached: [{ block: 'mend' }] },
        ],
      },
    });
    expect(await run(good, good)).toMatchObject({
      code: 0,
      result: {
        ok: true,
        templates: [
          { template: 'good', ...twice },
          { template: 'good', ...twice },
        ],
      },
    });
  });
});
