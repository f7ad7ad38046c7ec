import { beforeAll, describe, expect, it } from 'vitest';
import type { OrgUnit } from '../../../prisma/client/client.ts';
import { feedback } from '../../../workflows/library/parts/feedback.ts';
import type { Block } from '../../../workflows/template/block.ts';
import { makeTestApi } from '../../support/api.ts';
import { launchOn } from '../../support/apiCycle.ts';
import { decimal, rank, task, template, weighted } from '../../support/blocks.ts';
import { type Client, expectProblem } from '../../support/client.ts';
import { buildOrg } from '../../support/factories.ts';
import { assignIndicator, setValue } from '../../support/judging.ts';
import { pdfText } from '../../support/pdf.ts';

const api = await makeTestApi();
type Signed = Awaited<ReturnType<typeof api.signedIn>>;
let office: Signed;
let heads: Signed[];
let units: OrgUnit[];
let cycleId: string;
let begins: Record<string, string>;
let letters: { id: string; org: { id: string }; acknowledged: { by: { id: string } } | null }[];

const offices = [{ kind: 'role', role: 'performanceOffice' } as const];
const mark: Block = task('mark', {
  who: offices,
  fields: [
    { ...decimal('work'), name: { zh: '工作实绩<b>', en: 'Work <b>' } },
    { ...decimal('conduct'), name: { zh: '行风', en: 'Conduct' } },
    { key: 'said', type: 'longText', name: { zh: '情况', en: 'Report' }, source: 'report' },
  ],
});
const content = template(
  {
    evaluate: [
      mark,
      weighted('composite', 'total', [
        { value: 'work', weight: '0.6' },
        { value: 'conduct', weight: '0.4' },
      ]),
      rank('ranking', 'total'),
    ],
    feedback: feedback({ head: [{ kind: 'head' }], office: offices, interviewIf: 'standing.rank = 2' }),
  },
  { key: 'letters' },
);

const act = async (client: Client, block: string, values: object = {}, caseId?: string, action = 'submit') => {
  const { items } = (await client.get('/tasks?limit=100')).body;
  const found = items.find(
    (row: { block: string; caseId: string }) => row.block === block && (!caseId || row.caseId === caseId),
  );
  expect((await client.post(`/tasks/${found?.id}/act`, { action, values })).status).toBe(200);
  await api.work();
};

beforeAll(async () => {
  units = [];
  heads = [];
  for (let i = 0; i < 3; i += 1) {
    const unit = await buildOrg(api.prisma, { category: 'all' });
    units.push(unit);
    heads.push(await api.signedIn({ orgId: unit.id }));
    await api.prisma.orgUnit.update({ where: { id: unit.id }, data: { headId: heads[i]?.person.id ?? null } });
  }
  office = await api.signedIn({ roles: ['performanceOffice'] });
  const launched = await launchOn(api, content, units);
  cycleId = launched.cycleId;
  for (const [i, { id: orgId }] of units.entries()) {
    const id = await assignIndicator(api, { cycleId, orgId }, { code: 'R1', target: '10' });
    await setValue(api, id, '2026-01', '9');
    // Reported, not verified: the report does not know it.
    await setValue(api, id, '2026-02', '50', null);
    if (i < 2) await setValue(api, id, '2026-03', '12');
  }
  const { items } = (await office.get('/tasks?limit=100')).body;
  const first = items.find(({ caseId }: { caseId: string }) => caseId === launched.caseOf.get(units[0]?.id ?? ''));
  begins = (await office.get(`/tasks/${first?.id}`)).body.given;
  for (const [i, work] of ['90', '80', '70'].entries())
    await act(office, 'mark', { work, conduct: '85' }, launched.caseOf.get(units[i]?.id ?? ''));
  letters = (await office.get(`/cycles/${cycleId}/letters`)).body.items;
});

const letterOf = (i: number) => letters.find(({ org }) => org.id === units[i]?.id)?.id ?? '';

describe('feedback letters', () => {
  it('are read by their unit and the office, and by nobody else', async () => {
    expect(letters).toHaveLength(3);
    const [own, other] = heads as [Signed, Signed, Signed];
    expect((await own.get(`/cycles/${cycleId}/letters`)).body.items).toMatchObject([{ id: letterOf(0) }]);
    expect((await office.get(`/cycles/${cycleId}/letters?org=${units[1]?.id}`)).body.items).toMatchObject([
      { id: letterOf(1) },
    ]);
    expect((await own.get(`/cycles/${cycleId}/letters?org=${units[1]?.id}`)).body.items).toEqual([]);
    expect((await own.get(`/letters/${letterOf(0)}`)).body).toMatchObject({
      runId: null,
      content: { result: { score: '88', rank: 1, rankOf: 3 }, compared: { mean: '82', best: '88' } },
    });
    for (const path of ['', '/html', '/pdf'])
      expectProblem(await other.get(`/letters/${letterOf(0)}${path}`), 404, 'letter.unknown');
    expectProblem(await own.get('/letters/0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10/pdf'), 404, 'letter.unknown');
    expectProblem(await own.get(`/letters/${letterOf(0)}/pdf?language=fr`), 422, 'input.invalid');
  });

  it('stand on scores whose parts the office compares across units', async () => {
    const { status, body } = await office.get(`/cycles/${cycleId}/results/dimensions`);
    expect(status).toBe(200);
    const [{ category, dimensions, units: rows }] = body.categories;
    expect([category, dimensions]).toMatchObject([
      'all',
      [
        { name: { zh: '工作实绩<b>' }, most: '60', mean: '48', best: '54' },
        { name: { zh: '行风' }, most: '40', mean: '34', best: '34' },
      ],
    ]);
    const [work] = dimensions.map(({ path }: { path: string }) => path);
    const got = new Map(rows.map((row: { org: { id: string }; parts: object }) => [row.org.id, row.parts]));
    expect(units.map(({ id }) => got.get(id))).toMatchObject([{ [work]: '54' }, { [work]: '48' }, { [work]: '42' }]);
    const [own] = heads as [Signed];
    expectProblem(await own.get(`/cycles/${cycleId}/results/dimensions`), 403, 'permission.denied');
  });

  it('are acknowledged by the unit through its block', async () => {
    const [own] = heads as [Signed];
    expect((await own.get(`/letters/${letterOf(0)}`)).body.acknowledged).toBeNull();
    await act(own, 'acknowledge');
    expect((await own.get(`/letters/${letterOf(0)}`)).body.acknowledged).toMatchObject({ by: { id: own.person.id } });
  });

  it('tell who signed the record of the talk, and when: whoever held it, and the head', async () => {
    const head = heads[1] as Signed;
    await act(head, 'acknowledge');
    await act(office, 'interviewPlan', {
      interviewDate: '2026-03-05',
      interviewPlace: 'room 3',
      interviewBy: office.person.id,
    });
    await act(office, 'interview', { interviewDate: '2026-03-05', interviewRecord: 'work lags' });
    await act(office, 'interviewOfficeSigned', {}, undefined, 'approve');
    expect((await head.get(`/letters/${letterOf(1)}`)).body.signed).toMatchObject([{ block: 'interviewOfficeSigned' }]);
    await act(head, 'interviewSigned', {}, undefined, 'approve');
    expect((await head.get(`/letters/${letterOf(1)}`)).body.signed).toEqual([
      {
        block: 'interviewOfficeSigned',
        name: expect.any(Object),
        by: { id: office.person.id, name: office.person.name },
        at: expect.any(String),
      },
      {
        block: 'interviewSigned',
        name: expect.any(Object),
        by: { id: head.person.id, name: head.person.name },
        at: expect.any(String),
      },
    ]);
    const register = (await office.get(`/cycles/${cycleId}/interviews`)).body;
    expect(register.offered).toBe(true);
    expect(register.items.find(({ org }: { org: { id: string } }) => org.id === units[1]?.id)).toMatchObject({
      date: '2026-03-05',
      place: 'room 3',
      by: { name: office.person.name },
      record: 'work lags',
      agreed: null,
      signed: [{ by: { id: office.person.id } }, { by: { id: head.person.id } }],
    });
    expect((await office.get(`/cycles/${cycleId}/appeals`)).body).toEqual({ offered: false, items: [] });
    for (const path of ['interviews', 'appeals'])
      expectProblem(await head.get(`/cycles/${cycleId}/${path}`), 403, 'permission.denied');
  });

  it('are pages without script, in both languages, with charts; what people typed shows as text', async () => {
    const zh = await office.get(`/letters/${letterOf(2)}/html`);
    expect(zh.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(zh.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(zh.body).toContain('2026 年度绩效反馈函');
    expect(zh.body).toContain('得分 76，在本类 3 个单位中列第 3 位。');
    expect(zh.body).toContain('工作实绩&lt;b&gt;：满分 60，得 42 分，失 18 分，低于本类平均 6 分。');
    expect(zh.body).toMatch(/<svg [^>]*>[\s\S]*本类平均[\s\S]*<\/svg>/);
    expect(zh.body).not.toMatch(/<script|<b>|https?:\/\/(?!www\.w3\.org)/);
    const en = (await office.get(`/letters/${letterOf(2)}/html?language=en`)).body;
    expect(en).toContain('Score 76, rank 3 of 3 in the category.');
    expect(en).toContain('<html lang="en">');
  });

  it('are PDF with the Chinese typeface inside, the same file every time', async () => {
    const read = async () => {
      const answer = await fetch(`${api.origin}/api/v1/letters/${letterOf(2)}/pdf`, {
        headers: { cookie: office.cookie ?? '' },
      });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      return Buffer.from(await answer.arrayBuffer());
    };
    const [one, two] = [await read(), await read()];
    const text = one.toString('latin1');
    expect(text.startsWith('%PDF-1.')).toBe(true);
    expect(text).toMatch(/\/FontName \/\w+\+NotoSansSC/);
    expect(text).toContain('/Lang (zh-CN)');
    expect(one.length).toBeLessThan(400_000);
    expect(one.equals(two)).toBe(true);
  });
});

describe('the report of a cycle', () => {
  type Part = {
    kind: string;
    key?: string;
    text?: { zh: string; en: string };
    items?: { key: string; value: string }[];
  };
  type Body = {
    unit: object | null;
    period: string | null;
    choices: { categories: object[]; units: { id: string }[] };
    parts: Part[];
  };
  const read = async (client: Client, query = ''): Promise<Body> => {
    const { status, body } = await client.get(`/cycles/${cycleId}/report${query}`);
    expect(status).toBe(200);
    return body;
  };
  const figure = ({ parts }: Body, key: string) =>
    parts.flatMap(({ kind, items }) => (kind === 'figures' ? (items ?? []) : [])).find((item) => item.key === key)
      ?.value;
  const words = ({ parts }: Body) =>
    parts.flatMap(({ kind, text }) => (kind === 'paragraph' ? [text?.zh] : [])).join('\n');

  it('tells the office of all units, a unit of itself alone, and nobody else of anything', async () => {
    const all = await read(office);
    expect(['units', 'indicators', 'rated', 'met', 'missed'].map((key) => figure(all, key))).toEqual([
      '3',
      '3',
      '3',
      '2',
      '1',
    ]);
    expect(words(all)).toContain('3 个单位有得分，平均 82 分。');
    expect(all.choices.units.map(({ id }) => id)).toEqual(units.map(({ id }) => id));
    expect(all.choices.categories).toMatchObject([{ key: 'all' }]);
    const own = await read(heads[2] as Signed);
    expect(['units', 'met', 'missed'].map((key) => figure(own, key))).toEqual(['1', '0', '1']);
    expect(JSON.stringify(own)).not.toContain(units[0]?.name);
    const named = await read(heads[0] as Signed, `?org=${units[0]?.id}`);
    expect(named.choices.units).toHaveLength(1);
    expect(named.unit).toEqual({ id: units[0]?.id, name: units[0]?.name });
    expect(words(named)).toContain('得分 88。在本类 3 个单位中列第 1 位。');
    expectProblem(await (heads[0] as Signed).get(`/cycles/${cycleId}/report?org=${units[1]?.id}`), 404, 'report.none');
    const stranger = await api.signedIn({ orgId: (await buildOrg(api.prisma)).id });
    expectProblem(await stranger.get(`/cycles/${cycleId}/report`), 404, 'report.none');
    expectProblem(await api.anonymous().get(`/cycles/${cycleId}/report`), 401, 'session.missing');
  });

  it('is what the form of a block begins with, where the template says so: in sentences, of its own unit', async () => {
    expect(Object.keys(begins)).toEqual(['said']);
    expect(begins.said).toContain(`本报告反映“${units[0]?.name}” 2026 年度的情况`);
    expect(begins.said).toContain('二、目标完成情况\n');
    expect(begins.said).toContain('达标 1 项（100%），未达标 0 项（0%）。');
    expect(begins.said).not.toContain(units[1]?.name);
  });

  it('goes to the end of the period that is asked for, and says nothing of what came after', async () => {
    const january = await read(office, '?period=2026-01&category=all');
    expect([january.period, ...['met', 'missed'].map((key) => figure(january, key))]).toEqual(['2026-01', '0', '3']);
    expect(words(january)).toContain('截至 2026 年 1 月末');
    expect(words(january)).not.toContain('得分');
  });

  it('is refused for what there is not, with the place', async () => {
    const at = async (query: string, path: string) => {
      const refused = await office.get(`/cycles/${cycleId}/report?${query}`);
      expectProblem(refused, 422, 'input.invalid');
      expect(refused.body.errors.map((error: { path: string }) => error.path)).toEqual([path]);
    };
    for (const period of ['2025-Q1', '2026-13', '2026-Q5', 'x']) await at(`period=${period}`, 'period');
    await at('category=none', 'category');
    await at('org=1', 'org');
    await at('format=doc', 'format');
    await at('language=fr', 'language');
    expectProblem(await office.get('/cycles/0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10/report'), 404, 'cycle.unknown');
    expectProblem(
      await office.get(`/cycles/${cycleId}/report?org=0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10`),
      404,
      'report.none',
    );
  });

  it('is a page that asks for nothing else, in both languages, with pictures', async () => {
    const zh = await office.get(`/cycles/${cycleId}/report?format=html`);
    expect(zh.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(zh.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(zh.body).toContain('达标 2 项（66.7%），未达标 1 项（33.3%）');
    expect(zh.body).toMatch(/<figure[^>]*aria-label="各单位目标完成情况（项）"><svg /);
    expect(zh.body).not.toMatch(/<script|<link|<img|https?:\/\/(?!www\.w3\.org)/);
    const en = (await office.get(`/cycles/${cycleId}/report?format=html&language=en`)).body;
    expect(en).toContain('<html lang="en">');
    expect(en).toContain('2 met the target (66.7 %), 1 missed it (33.3 %)');
  });

  it('is PDF with Chinese text that can be read out of it', async () => {
    const answer = await fetch(`${api.origin}/api/v1/cycles/${cycleId}/report?format=pdf`, {
      headers: { cookie: office.cookie ?? '' },
    });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    const pdf = Buffer.from(await answer.arrayBuffer());
    expect(pdf.toString('latin1')).toMatch(/\/FontName \/\w+\+NotoSansSC/);
    const text = pdfText(pdf);
    for (const said of ['目标完成情况', '滞后指标', '指标 R1', units[0]?.name ?? '']) expect(text).toContain(said);
  });
});
