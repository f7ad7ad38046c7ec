import { describe, expect, test } from 'vitest';
import { demoOrganisation, demoParticipants } from '../../../../prisma/seed/index.ts';
import { judged } from '../../../../workflows/library/hongkong-kpi/score.ts';
import { hongkongKpi as template } from '../../../../workflows/library/hongkong-kpi.ts';
import { light } from '../../../../workflows/lights/light.ts';
import { scoreDataSchema } from '../../../../workflows/scoring/data.ts';
import { evaluateRule } from '../../../../workflows/scoring/evaluate.ts';
import { blocksOf, walkBlocks } from '../../../../workflows/template/schema.ts';
import { section } from './support.ts';

const indicators = section(template, 'indicators');
const lights = section(template, 'lights');

describe('hongkong-kpi', () => {
  test('138 result indicators, each of one cluster, each public every quarter', () => {
    const { list } = indicators;
    expect(list).toHaveLength(138);
    expect(new Set(list.map(({ code }) => code)).size).toBe(138);
    expect(new Set(list.map(({ name }) => name.en)).size).toBe(138);
    expect(list.every(({ frequency, categories }) => frequency === 'quarter' && categories?.length === 1)).toBe(true);
    const [quarters] = template.phases.execute.blocks;
    expect(quarters).toMatchObject({ type: 'repeat', over: 'quarters' });
    if (quarters?.type !== 'repeat') return;
    expect(quarters.blocks.at(-1)).toMatchObject({ type: 'window' });
  });

  test('one indicator of each area has a joint owner: a bureau of the demo organisation, of another cluster', () => {
    const codes = new Map(demoOrganisation(template.key).orgs.map(({ id, code }) => [id, code]));
    const clusterOf = new Map(
      demoParticipants(template.key).map(({ orgId, category }) => [codes.get(orgId), category]),
    );
    const joint = indicators.list.filter(({ jointOwners }) => jointOwners !== undefined);
    expect(joint).toHaveLength(23);
    for (const { categories, jointOwners = [] } of joint) {
      const clusters = jointOwners.map((code) => clusterOf.get(code));
      expect(clusters).toEqual([expect.any(String)]);
      expect(clusters).not.toEqual(categories);
    }
  });

  test('what bureaux of one cluster have done online another one counts alone, and reports it each quarter', () => {
    const codes = demoOrganisation(template.key).orgs.map(({ code }) => code);
    const owned = indicators.list.filter(({ owner }) => owner !== undefined);
    expect(owned.length).toBeGreaterThan(0);
    expect(new Set(owned.map(({ categories }) => categories?.join()))).toEqual(new Set(['land']));
    for (const { owner, name } of owned) {
      expect(codes).toContain(owner);
      expect(name.en).toContain('done online');
    }
    const report = [...blocksOf(template)].find(({ block }) => block.key === 'ownerReport')?.block;
    expect(report).toMatchObject({
      who: [{ role: 'staff', of: 'item' }],
      deadline: { from: 'itemEnd', workingDays: 5 },
    });
    // An order would stand against the unit that is measured.
    const acts = report && 'escalate' in report ? (report.escalate ?? []).map((rung) => rung.do) : [];
    expect(acts).toEqual(['remind', 'superior', 'office', 'transfer', 'transfer']);
  });

  test('nobody is ranked or graded: the score is how many targets in a hundred were met', () => {
    const kinds = [...blocksOf(template)].flatMap(({ block }) => (block.type === 'compute' ? [block.rule.kind] : []));
    expect(kinds).not.toContain('rank');
    expect(kinds).not.toContain('grade');
    const one = (code: string, direction: 'up' | 'down', actual: string | null) => ({
      code,
      name: { zh: code, en: code },
      direction,
      target: '10',
      actual,
    });
    const data = scoreDataSchema.parse({
      indicators: [one('A', 'up', '10'), one('B', 'up', '9.99'), one('C', 'down', '9'), one('D', 'up', null)],
    });
    expect(evaluateRule(judged.rule, data).value).toBe('66.67');
  });

  test('a target that is missed when its day has come is red, and asks for a statement that the legislature votes on', () => {
    const at = (day: string, value: string, planned: string) =>
      light(lights, { day, due: '2026-12-31', direction: 'up', value, target: '100', planned }, []).colour;
    expect(at('2026-12-31', '99.99', '100')).toBe('red');
    expect(at('2026-12-31', '100', '100')).toBe('green');
    expect(at('2026-09-30', '70', '75')).toBe('green');
    expect(at('2026-09-30', '65', '75')).toBe('yellow');
    const missed = [...blocksOf(template)].find(({ block }) => block.key === 'missed')?.block;
    if (missed?.type !== 'branch') throw new Error('no branch');
    expect(missed.paths[0]?.if).toBe('count(recorded.reds) > 0');
    expect([...walkBlocks(missed.paths[0]?.blocks ?? [])].map(({ key }) => key)).toEqual([
      'missedOnes',
      'statements',
      'delayStatement',
      'laterDate',
      'headStatement',
      'legislature',
      'moveDate',
    ]);
    const [, statements] = missed.paths[0]?.blocks ?? [];
    expect(statements).toMatchObject({ over: { rows: 'missedIndicators' }, mode: 'together' });
    const vote = [...walkBlocks(missed.paths[0]?.blocks ?? [])].find(({ key }) => key === 'legislature');
    expect(vote).toMatchObject({ mode: 'vote', onReject: 'delayStatement' });
  });
});
