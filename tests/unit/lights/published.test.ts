import { describe, expect, test } from 'vitest';
import { library } from '../../../workflows/library/index.ts';
import * as published from '../../../workflows/library/lights.ts';
import { PUBLISHED, withRules } from '../../../workflows/library/rules.ts';
import { type EarlierLight, type Light, light } from '../../../workflows/lights/light.ts';
import type { LightFacts } from '../../../workflows/lights/measure.ts';
import { type Colour, type LightScheme, lightSchemeSchema } from '../../../workflows/lights/schema.ts';
import { nextSheet, startSheet } from '../../../workflows/lights/sheets.ts';
import { warningsSchema } from '../../../workflows/lights/warnings.ts';
import { lintTemplate } from '../../../workflows/template/lint/index.ts';

const facts = (over: Partial<LightFacts>): LightFacts => ({ day: '2026-06-30', ...over });
const run = (...colours: (Colour | null)[]): EarlierLight[] =>
  colours.map((colour, i) => ({ period: `2026-${String(i + 1).padStart(2, '0')}`, colour }));
const judged = (scheme: LightScheme, over: Partial<LightFacts>, history: EarlierLight[] = []): Light =>
  light(scheme, facts(over), history);
const kinds = ({ consequences }: Light) =>
  consequences.map(({ consequence: c }) => (c.kind === 'points' ? `${c.kind} ${c.points}` : c.kind));

describe('published rules (rules.md, "Lights and ladders")', () => {
  test.each(Object.entries(published))('%s is a valid section of a template', (_, scheme) => {
    const schema = 'sheets' in scheme ? warningsSchema : lightSchemeSchema;
    expect(schema.parse(scheme)).toEqual(scheme);
  });

  test.each<[planned: string, progress: string, Colour]>([
    ['50', '50', 'green'],
    ['50', '60', 'green'],
    ['50', '40.01', 'green'],
    ['50', '40', 'yellow'],
    ['50', '20', 'yellow'],
    ['50', '19.99', 'red'],
    ['50', '0', 'red'],
  ])('银川: planned %s, reached %s: %s', (planned, progress, colour) => {
    expect(judged(published.yinchuan, { planned, progress }).colour).toBe(colour);
  });

  test.each<[start: string, begun: boolean, Colour | null]>([
    ['2026-07-01', false, 'green'],
    ['2026-06-30', false, 'yellow'],
    ['2026-05-31', false, 'yellow'],
    ['2026-04-30', false, 'red'],
    ['2026-04-30', true, null],
  ])('银川: to begin on %s, begun %s, and no more known: %s', (start, begun, colour) => {
    expect(judged(published.yinchuan, { start, begun }).colour).toBe(colour);
  });

  test.each<[string, Partial<LightFacts>, Colour]>([
    ['a limit, kept', { direction: 'down', value: '10', target: '10' }, 'green'],
    ['a limit, a tenth over it', { direction: 'down', value: '11', target: '10' }, 'yellow'],
    ['a limit, twice of it', { direction: 'down', value: '20', target: '10' }, 'red'],
    ['inside a band', { direction: 'band', value: '6', low: '5', high: '6' }, 'green'],
    ['a band, by a fifth', { direction: 'band', value: '7.2', low: '5', high: '6' }, 'yellow'],
    ['a band, twice its top', { direction: 'band', value: '12', low: '5', high: '6' }, 'red'],
    ['70 of 85 % in January', { direction: 'up', level: true, value: '70', target: '85' }, 'yellow'],
    ['85 of 85 % in January', { direction: 'up', level: true, value: '85', target: '85' }, 'green'],
    ['70 of 850 that grow until December', { direction: 'up', value: '70', target: '850' }, 'green'],
  ])('银川, a month after the start, begun: %s', (_, given, colour) => {
    const year = { day: '2026-01-31', start: '2026-01-01', due: '2026-12-31', begun: true };
    expect(judged(published.yinchuan, { ...year, ...given }).colour).toBe(colour);
  });

  test.each<[string, Partial<LightFacts>, Colour]>([
    ['16 days left', { due: '2026-07-16' }, 'green'],
    ['15 days left', { due: '2026-07-15' }, 'blue'],
    ['due today', { due: '2026-06-30' }, 'blue'],
    ['behind', { due: '2026-07-15', planned: '50', progress: '49.9' }, 'yellow'],
    ['poor', { direction: 'up', value: '1', earlier: ['3', '2'] }, 'yellow'],
    ['overdue', { due: '2026-06-29', planned: '100', progress: '99' }, 'red'],
    ['overdue, but done', { due: '2026-06-29', done: true, planned: '100', progress: '100' }, 'green'],
  ])('宿迁: %s', (_, given, colour) => {
    expect(judged(published.suqian, given).colour).toBe(colour);
  });

  test('三明: blue, orange, red, each after the former lapsed; urgent ones start at any colour', () => {
    const sheets = published.sanmingSheets;
    expect(startSheet(sheets, undefined, false)?.colour).toBe('blue');
    expect(nextSheet(sheets, 'blue')?.colour).toBe('orange');
    expect(nextSheet(sheets, 'orange')?.colour).toBe('red');
    expect(nextSheet(sheets, 'red')).toBeUndefined();
    expect(startSheet(sheets, 'red', true)?.colour).toBe('red');
    expect(() => startSheet(sheets, 'red', false)).toThrow(/blue/);
    expect(() => startSheet(sheets, 'yellow', true)).toThrow(/yellow/);
    expect(() => startSheet({ ...sheets, urgent: false }, 'red', true)).toThrow(/blue/);
  });

  test('广元: the second yellow of an item, in a row or not: special letter and −1; red: −2 and a talk with the head', () => {
    const yellow = { planned: '50', progress: '40' };
    expect(kinds(judged(published.guangyuan, yellow))).toEqual([]);
    expect(kinds(judged(published.guangyuan, yellow, run('yellow')))).toEqual(['letter', 'points -1']);
    expect(kinds(judged(published.guangyuan, yellow, run('yellow', 'green')))).toEqual(['letter', 'points -1']);
    expect(kinds(judged(published.guangyuan, yellow, run('yellow', 'yellow')))).toEqual([]);
    const red = judged(published.guangyuan, { planned: '50', progress: '10' }, run('yellow'));
    expect(red.consequences.map(({ consequence }) => consequence)).toEqual([
      { kind: 'points', points: '-2' },
      { kind: 'talk', with: 'head' },
    ]);
  });

  test('隆昌: three reds in a row: talk and written report; a green between begins the count again', () => {
    const red = { planned: '50', progress: '10' };
    const following = (...colours: (Colour | null)[]) => kinds(judged(published.longchang, red, run(...colours)));
    expect(following('red')).toEqual([]);
    expect(following('red', 'red')).toEqual(['talk', 'report']);
    expect(following('red', 'green', 'red')).toEqual([]);
    expect(following('green', 'red', null, 'red')).toEqual(['talk', 'report']);
    expect(following('red', 'red', 'red')).toEqual([]);
  });

  test.each<[value: string, Colour, string[]]>([
    ['80', 'green', []],
    ['79.99', 'blue', ['track']],
    ['60', 'blue', ['track']],
    ['59.99', 'yellow', ['noBonus']],
  ])('新晃: a month at %s %%: %s', (value, colour, follows) => {
    const result = judged(published.xinhuang, { direction: 'up', value, target: '100' });
    expect([result.colour, kinds(result)]).toEqual([colour, follows]);
  });

  test.each<[due: string, Colour]>([
    ['2026-06-30', 'green'],
    ['2026-06-29', 'yellow'],
    ['2026-06-24', 'yellow'],
    ['2026-06-23', 'orange'],
    ['2026-06-16', 'orange'],
    ['2026-06-15', 'red'],
    ['2026-01-15', 'red'],
  ])('项目: due %s, judged on 30 June: %s', (due, colour) => {
    expect(judged(published.projects, { due }).colour).toBe(colour);
  });

  test.each<[progress: string, string[]]>([
    ['40.01', []],
    ['40', ['supervise']],
    ['0', ['supervise']],
  ])('辽宁: planned 50, reached %s: %s', (progress, follows) => {
    expect(kinds(judged(published.liaoning, { planned: '50', progress }))).toEqual(follows);
  });
});

describe('a light', () => {
  test('says its reason in both languages, with the measure and the rule', () => {
    const result = judged(published.yinchuan, { planned: '50', progress: '37.5' });
    expect(result.because).toEqual({
      zh: '落后计划进度 12.5 个百分点（规则：≥ 10，≤ 30）',
      en: '12.5 points behind schedule (rule: ≥ 10, ≤ 30)',
    });
    expect(result.measures).toMatchObject({ behind: '12.5' });
  });

  test('is none where nothing is known, never green', () => {
    const result = judged(published.yinchuan, { value: '3' });
    expect([result.colour, result.because.en]).toEqual([null, 'nothing is known that the rules look at']);
  });

  test('follows an even schedule where no milestone says otherwise: half of the days, half of the work', () => {
    const halfway = judged(published.yinchuan, {
      day: '2026-01-05',
      start: '2026-01-01',
      due: '2026-01-10',
      progress: '20',
    });
    expect(halfway.measures.planned).toBe('50');
    expect(halfway.colour).toBe('yellow');
  });

  const one = (of: string, bound: object): LightScheme =>
    lightSchemeSchema.parse({ rules: [{ key: 'r', colour: 'red', when: [{ of, ...bound }] }] });
  test.each<[string, LightScheme, Partial<LightFacts>, Colour | null]>([
    ['spending', one('spending', { below: '60' }), { budget: '200', spent: '119' }, 'red'],
    ['spending', one('spending', { below: '60' }), { budget: '200', spent: '120' }, 'green'],
    ['spending of no budget', one('spending', { below: '60' }), { budget: '0', spent: '1' }, null],
    [
      'spending behind plan',
      one('spendingBehind', { atLeast: '10' }),
      { budget: '200', spent: '80', plannedSpending: '50' },
      'red',
    ],
    ['evidence missing', one('evidenceMissing', { atLeast: '1' }), { evidence: { required: 2, given: 1 } }, 'red'],
    ['evidence there', one('evidenceMissing', { atLeast: '1' }), { evidence: { required: 2, given: 3 } }, 'green'],
    ['nothing reported', one('unreported', { above: '0' }), { reportBy: '2026-06-29', reported: false }, 'red'],
    ['not due yet', one('unreported', { above: '0' }), { reportBy: '2026-06-30', reported: false }, null],
    ['reported', one('unreported', { above: '0' }), { reportBy: '2026-06-29', reported: true }, 'green'],
    ['worse twice', one('worsening', { atLeast: '2' }), { direction: 'up', value: '7', earlier: ['9', '8'] }, 'red'],
    [
      'worse where less is better',
      one('worsening', { atLeast: '2' }),
      { direction: 'down', value: '9', earlier: ['7', '8'] },
      'red',
    ],
    [
      'further outside the band',
      one('worsening', { atLeast: '1' }),
      { direction: 'band', low: '5', high: '6', value: '9', earlier: ['4'] },
      'red',
    ],
    ['fell by a tenth', one('change', { atMost: '-10' }), { direction: 'up', value: '90', earlier: ['100'] }, 'red'],
    [
      'above the target where less is better',
      one('achieved', { below: '80' }),
      { direction: 'down', value: '12.1', target: '10' },
      'red',
    ],
    ['at the edge', one('achieved', { below: '80' }), { direction: 'down', value: '12', target: '10' }, 'green'],
    [
      'inside the band',
      one('achieved', { below: '100' }),
      { direction: 'band', value: '5', low: '5', high: '6' },
      'green',
    ],
    [
      'outside the band',
      one('achieved', { below: '100' }),
      { direction: 'band', value: '6.1', low: '5', high: '6' },
      'red',
    ],
    [
      'none wanted, one there',
      one('achieved', { below: '100' }),
      { direction: 'down', value: '1', target: '0' },
      'red',
    ],
  ])('looks at: %s', (_, scheme, given, colour) => {
    expect(judged(scheme, given).colour).toBe(colour);
  });

  test('the most severe rule gives the colour, whatever the order of rules', () => {
    const rules = [...published.projects.rules].reverse();
    expect(judged({ rules }, { due: '2026-06-01' }).colour).toBe('red');
  });

  test('a day that does not exist is refused', () => {
    expect(() => judged(published.projects, { due: '2026-02-30' })).toThrow(/2026-02-30/);
  });
});

describe('the library of rules', () => {
  test.each(PUBLISHED.map(({ key }) => key))('%s fits into any shipped template, and says what it is', (key) => {
    for (const template of [library['t-city'], library['macau-appraisal'], library['zjg-departments']]) {
      if (!template) throw new Error('not shipped');
      const changed = withRules(template, [key]);
      expect(lintTemplate(changed).filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(changed).not.toEqual(template);
    }
  });

  test('exchanges lights and sheets, keeps the flags of suspicious values, adds to the ledger once', () => {
    const before = library['zjg-departments'];
    if (!before) throw new Error('not shipped');
    const after = withRules(before, ['guangyuan', 'sanming', 'guangyuan']);
    expect(after.lights).toEqual(published.guangyuan);
    expect(after.warnings).toEqual({ ...published.sanmingSheets, flags: before.warnings?.flags });
    expect(after.adjustments?.automatic).toEqual({ ...before.adjustments?.automatic, light: 'lightPoints' });
    expect(after.adjustments?.items).toHaveLength((before.adjustments?.items.length ?? 0) + 1);
    expect(() => withRules(before, ['nowhere'])).toThrow(/no published rule "nowhere"/);
  });
});
