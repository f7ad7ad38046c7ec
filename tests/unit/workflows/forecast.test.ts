import { describe, expect, test } from 'vitest';
import { makeCalendar } from '../../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../../workflows/calendar/china.ts';
import { library } from '../../../workflows/library/index.ts';
import { emptyContext } from '../../../workflows/machine/context.ts';
import { type ForecastInput, forecastOf } from '../../../workflows/machine/forecast.ts';
import { blocksOf, type CycleTemplate } from '../../../workflows/template/schema.ts';
import type { When } from '../../../workflows/template/when.ts';
import { approval, branch, decimal, parallel, repeat, task, template, textField, wait } from '../../support/blocks.ts';
import { directory } from '../../support/play.ts';
import { PERIOD, walk } from '../../support/steps.ts';

const calendar = makeCalendar(chinaCalendar());
const now = '2026-03-02T01:00:00.000Z'; // a Monday
const common = { now, calendar, directory };

/** The forecast of a case that stands where it was walked to. */
const ahead = (one: ReturnType<typeof walk>, more: Partial<ForecastInput> = {}) =>
  forecastOf({ ...one.definition, context: one.context, dates: new Map(), ...common, ...more });
const planned = (t: CycleTemplate, more: Partial<ForecastInput> = {}) =>
  forecastOf({
    template: t,
    track: { kind: 'participant' },
    context: emptyContext({ kind: 'participant', period: PERIOD, participant: { id: 'u', name: 'Unit' } }),
    dates: new Map(),
    ahead: true,
    ...common,
    ...more,
  });
const dates = ({ steps }: ReturnType<typeof forecastOf>) =>
  steps.map(({ block, dueAt }) => `${block} ${dueAt?.slice(0, 10) ?? '-'}`);

describe('a forecast', () => {
  test('counts each deadline from the forecast end of the step before, over phases', () => {
    const one = walk(template({ plan: [task('a'), approval('b')], rectify: [task('c')] }));
    const due = { at: '2026-03-09T10:00:00.000Z', provisional: false };
    const made = ahead(one, { dates: new Map([['a', due]]) });
    expect(dates(made)).toEqual(['a 2026-03-09', 'b 2026-03-16', 'c 2026-03-23']);
    expect(made.steps.map(({ state, people }) => [state, people])).toEqual([
      ['current', ['staff1', 'staff2']],
      ['ahead', ['performanceOffice1', 'performanceOffice2', 'performanceOffice3']],
      ['ahead', ['staff1', 'staff2']],
    ]);
    expect(made.end).toEqual({ at: '2026-03-23T10:00:00.000Z', provisional: false, earliest: false });
  });
  test('what is overdue is taken to be done now, and keeps its own date', () => {
    const one = walk(template({ plan: [task('a'), task('b')] }));
    const due = { at: '2026-02-20T10:00:00.000Z', provisional: false };
    const made = ahead(one, { dates: new Map([['a', due]]) });
    expect(dates(made)).toEqual(['a 2026-02-20', 'b 2026-03-09']);
    expect(made.steps[0]?.until).toBe(now);
  });
  test('branches of a parallel go side by side; the later one counts', () => {
    const long = { deadline: { from: 'opened', workingDays: 10 } } as const;
    const made = planned(template({ plan: [parallel('p', [task('a')], [task('b', long)]), task('c')] }));
    expect(dates(made)).toEqual(['a 2026-03-09', 'b 2026-03-16', 'c 2026-03-23']);
  });
  test('四川: the self-check of July, the reports, the group assessment and the re-scoring come on the dates of the notice', () => {
    const on = (date: string, more: { year?: 'next' } = {}) => ({ deadline: { date, ...more } });
    const next = { year: 'next' } as const;
    const made = planned(
      template({
        execute: [task('selfCheck', on('07-05')), task('halfReport', on('07-25'))],
        evaluate: [
          task('selfReport', on('01-20', next)),
          task('groupAssessment', on('01-25', next)),
          task('report', on('01-30', next)),
          { key: 'rescoringOpens', type: 'wait', name: { zh: '复核', en: 'r' }, until: { date: '02-01', ...next } },
          task('rescoring', on('02-10', next)),
          approval('standingMeeting', { deadline: { from: 'opened', workingDays: 3 } }),
        ],
      }),
    );
    // A date that is no working day runs to the next one: 5 July and 25 July 2026, 30 January 2027.
    expect(dates(made)).toEqual([
      'selfCheck 2026-07-06',
      'halfReport 2026-07-27',
      'selfReport 2027-01-20',
      'groupAssessment 2027-01-25',
      'report 2027-02-01',
      'rescoringOpens 2027-02-01',
      'rescoring 2027-02-10',
      'standingMeeting 2027-02-15',
    ]);
  });
  test('approvers in sequence have a deadline each', () => {
    const made = planned(template({ plan: [task('a'), approval('b', { mode: 'sequential' })] }));
    expect(dates(made)).toEqual(['a 2026-03-09', 'b 2026-03-30']);
  });
  test('both paths of a branch are possible until its values are given, then the one that is taken', () => {
    const t = template({
      plan: [task('s', { fields: [decimal('x')] }), task('m'), branch('b', 'x > 1', [task('yes')], [task('no')])],
    });
    const one = walk(t);
    expect(ahead(one).steps.map(({ block, on }) => [block, on.map(({ en }) => en)])).toEqual([
      ['s', []],
      ['m', []],
      ['yes', ['yes']],
      ['no', ['no']],
    ]);
    one.act('s', 'submit', { values: { x: '2' } });
    expect(ahead(one).steps.map(({ block, on }) => [block, on])).toEqual([
      ['m', []],
      ['yes', []],
    ]);
  });
  test('a value that a later step may change decides nothing yet', () => {
    const t = template({
      plan: [
        task('s', { fields: [decimal('x')] }),
        task('m', { access: { x: 'write' } }),
        branch('b', 'x > 1', [task('yes')], [task('no')]),
      ],
    });
    const one = walk(t).act('s', 'submit', { values: { x: '2' } });
    expect(ahead(one).steps.map(({ block }) => block)).toEqual(['m', 'yes', 'no']);
    one.act('m', 'submit');
    expect(ahead(one).steps.map(({ block }) => block)).toEqual(['yes']);
  });
  test('a repeat over months is named month by month, on its dates; a wait and a window have theirs', () => {
    const body = [task('report', { deadline: { from: 'itemEnd', workingDays: 5 } })];
    const made = planned(
      template({ execute: [repeat('months', 'quarters', 'oneByOne', body), wait('w', { until: { date: '12-31' } })] }),
    );
    expect(made.steps.map(({ item, dueAt }) => [item?.key, dueAt?.slice(0, 10)])).toEqual([
      ['2026-Q1', '2026-04-08'],
      ['2026-Q2', '2026-07-07'],
      ['2026-Q3', '2026-10-13'],
      ['2026-Q4', '2027-01-07'],
      [undefined, '2026-12-31'],
    ]);
    expect(made.end.at.slice(0, 10)).toBe('2027-01-07');
  });
  test.each(['oneByOne', 'together'] as const)('what is done for each row comes only if there are rows: %s', (mode) => {
    const column = { key: 'name', type: 'text' as const, name: { zh: '名称', en: 'Name' } };
    const rows = {
      key: 'rows',
      type: 'table' as const,
      name: { zh: '明细', en: 'Rows' },
      columns: [column],
      maxRows: 9,
    };
    const t = template({
      plan: [task('list', { fields: [rows] }), repeat('each', { rows: 'rows' }, mode, [task('one')]), task('after')],
    });
    const name = [...blocksOf(t)].find(({ block }) => block.key === 'each')?.block.name;
    expect(planned(t).steps.map(({ block, on }) => [block, on])).toEqual([
      ['list', []],
      ['one', [{ zh: `${name?.zh}有条目`, en: `${name?.en} has items` }]],
      ['after', []],
    ]);
    const known = walk(t);
    known.act('list', 'submit', { values: { rows: [{ name: '甲' }] } });
    expect(ahead(known).steps.map(({ block, on }) => [block, on.length])).toEqual([
      ['one', 0],
      ['after', 0],
    ]);
  });
  test('beyond the calendar it is provisional, after a step without a date only the earliest', () => {
    const next = task('b', { deadline: { date: '06-30', year: 'next' } });
    const made = planned(template({ plan: [task('a', { deadline: undefined }), next] }));
    expect(made.steps.map(({ provisional, earliest }) => [provisional, earliest])).toEqual([
      [false, false],
      [true, true],
    ]);
  });
  test('who is not known yet is named by the rule alone; one who alone can act makes it known', () => {
    const chosen = task('b', { who: [{ kind: 'field', field: 'person' }] });
    const t = template({
      plan: [
        task('a', { fields: [textField('person')] }),
        chosen,
        task('c', { who: [{ kind: 'head' }] }),
        approval('d', { who: [{ kind: 'actorOf', block: 'c' }] }),
      ],
    });
    expect(planned(t).steps.map(({ people, who }) => [people.slice(0, 1), who[0]?.kind])).toEqual([
      [['staff1'], 'role'],
      [[], 'field'],
      [['head'], 'head'],
      [['head'], 'actorOf'],
    ]);
  });
  test('meetings of the whole cycle are named: not before everyone has arrived, or on their date', () => {
    const meet = (opens?: When) => [task('a'), task('m', { per: 'cycle', ...(opens && { opens }) }), task('z')];
    const open = planned(template({ plan: meet() }));
    expect(open.steps.map(({ per, earliest }) => [per, earliest])).toEqual([
      ['participant', false],
      ['cycle', true],
      ['participant', true],
    ]);
    const dated = planned(template({ plan: meet({ date: '06-30' }) }));
    expect(dates(dated)).toEqual(['a 2026-03-09', 'm 2026-07-07', 'z 2026-07-14']);
    expect(dated.end.earliest).toBe(false);
  });
  test('a returned block goes straight back to whoever returned it', () => {
    const t = template({
      plan: [
        task('a'),
        task('b', { auto: undefined }),
        approval('c', { returnTo: 'a', returnChoice: 'earlier', afterReturn: 'back', onReject: undefined }),
        task('d'),
      ],
    });
    const one = walk(t).act('a', 'submit').act('b', 'submit').act('c', 'return', { block: 'a' });
    expect(ahead(one).steps.map(({ block }) => block)).toEqual(['a', 'c', 'd']);
  });
  test('is bounded: it says so when there are more steps than it names', () => {
    const inner = repeat('i', 'months', 'oneByOne', [repeat('j', 'months', 'oneByOne', [task('x')])]);
    const many = template({
      plan: [repeat('o', 'months', 'oneByOne', [inner])],
      execute: [repeat('q', 'months', 'oneByOne', [repeat('r', 'months', 'oneByOne', [task('u'), task('v')])])],
    });
    const made = planned(many);
    expect(made.complete).toBe(false);
    expect(made.steps).toHaveLength(2000);
  });
  test('of a template of the library: the whole year, in order, each step with people or a rule', () => {
    const t = library['zjg-departments'] as CycleTemplate;
    const made = planned(t);
    expect(made.complete).toBe(true);
    expect(made.steps.length).toBeGreaterThan(20);
    for (const step of made.steps.filter(({ type }) => type === 'task' || type === 'approval'))
      expect(step.who.length, step.block).toBeGreaterThan(0);
    expect(made.end.at > '2026-12-31').toBe(true);
  });
});
