import { describe, expect, test } from 'vitest';
import { makeKeyset } from '../../../admin/src/api/keyset.ts';
import type { List } from '../../../admin/src/api/types.ts';
import { runsOf } from '../../../admin/src/calendar/runs.ts';
import { makeFormat } from '../../../admin/src/i18n/format.ts';
import { byUrgency } from '../../../admin/src/inbox/groups.ts';
import { readFilter, writeFilter } from '../../../admin/src/inbox/useFilter.ts';
import { byCategory } from '../../../admin/src/results/ranking.ts';
import { lineOf, locate, syntaxFlaw } from '../../../admin/src/templates/locate.ts';

describe('pages over a keyset', () => {
  const rows = Array.from({ length: 7 }, (_, i) => i);
  const makeSource = () => {
    const asked: (string | null)[] = [];
    const fetchPage = async (after: string | null): Promise<List<number>> => {
      asked.push(after);
      const start = after === null ? 0 : Number(after);
      return { items: rows.slice(start, start + 3), total: 7, next: start + 3 < 7 ? String(start + 3) : null };
    };
    return { asked, fetchPage };
  };

  test('one page after the other asks once for each', async () => {
    const page = makeKeyset();
    const { asked, fetchPage } = makeSource();
    expect((await page('q', 1, fetchPage)).items).toEqual([0, 1, 2]);
    expect((await page('q', 2, fetchPage)).items).toEqual([3, 4, 5]);
    expect((await page('q', 3, fetchPage)).items).toEqual([6]);
    expect(asked).toEqual([null, '3', '6']);
  });

  test('a page that was linked to is walked to, and one behind the end is empty', async () => {
    const page = makeKeyset();
    const { asked, fetchPage } = makeSource();
    expect((await page('q', 3, fetchPage)).items).toEqual([6]);
    expect(asked).toEqual([null, '3', '6']);
    expect(await page('q', 9, fetchPage)).toEqual({ items: [], total: 7, next: null });
  });

  test('another query starts anew', async () => {
    const page = makeKeyset();
    const { asked, fetchPage } = makeSource();
    await page('a', 1, fetchPage);
    await page('b', 2, fetchPage);
    expect(asked).toEqual([null, null, '3']);
  });
});

test('the inbox stands in groups by urgency', () => {
  const tasks = [5, -1, undefined, 3, 0, 4].map((workingDaysLeft) =>
    workingDaysLeft === undefined ? {} : { workingDaysLeft },
  );
  expect(
    byUrgency(tasks).map(({ key, tasks: group }) => [key, group.map(({ workingDaysLeft }) => workingDaysLeft)]),
  ).toEqual([
    ['overdue', [-1]],
    ['soon', [3, 0]],
    ['later', [5, undefined, 4]],
  ]);
});

test('the filter of the inbox is its address', () => {
  const filter = { box: 'done', q: '教育局', cycleId: '', sort: '-closedAt' } as const;
  expect(writeFilter(filter).toString()).toBe('box=done&q=%E6%95%99%E8%82%B2%E5%B1%80');
  expect(readFilter(writeFilter(filter))).toEqual(filter);
  expect(readFilter(new URLSearchParams('box=nonsense'))).toEqual({ box: 'todo', q: '', cycleId: '', sort: 'dueAt' });
});

test('categories are ranked apart', () => {
  const row = (name: string, category: string, rank: number | null) => ({
    org: { id: name, name },
    category,
    score: '1',
    rank,
    rankOf: 2,
  });
  const groups = byCategory([row('a', 'x', 2), row('b', 'y', 1), row('c', 'x', null), row('d', 'x', 1)]);
  expect(groups.map(({ category, rows }) => [category, rows.map(({ org }) => org.name)])).toEqual([
    ['x', ['d', 'a', 'c']],
    ['y', ['b']],
  ]);
});

test('days next to each other are one holiday', () => {
  const day = (text: string, working: boolean, name: string) => ({ day: text, working, name });
  const days = [
    day('2026-02-16', false, '春节'),
    day('2026-02-14', true, '春节'),
    day('2026-02-17', false, '春节'),
    day('2026-02-28', true, '春节'),
  ];
  expect(runsOf(days).map(({ from, to, working }) => [from, to, working])).toEqual([
    ['2026-02-14', '2026-02-14', true],
    ['2026-02-16', '2026-02-17', false],
    ['2026-02-28', '2026-02-28', true],
  ]);
});

describe('times are told on the city’s clock', () => {
  const now = () => new Date('2026-11-21T22:00:00Z');
  test('in both languages', () => {
    const zh = makeFormat('zh', now);
    const en = makeFormat('en', now);
    expect(zh.dayTime('2026-11-20T16:30:00Z')).toBe('11月21日 00:30');
    expect(en.dayTime('2026-11-20T16:30:00Z')).toBe('21 Nov, 00:30');
    expect(zh.plainDay('2027-03-05')).toBe('2027年3月5日');
    expect(zh.ago('2026-11-21T21:59:50Z')).toBe('刚刚');
    expect(zh.ago('2026-11-21T19:00:00Z')).toBe('3小时前');
    expect(zh.ago('2026-10-01T19:00:00Z')).toBe('10月2日');
  });
});

describe('a path of the linter in a JSON text', () => {
  const template = {
    key: 'a',
    phases: { plan: { blocks: [{ key: 'x' }, { key: 'y', who: [{ kind: 'role', role: 'staff' }] }] } },
    name: '"{[,:]}"',
  };
  const text = JSON.stringify(template, null, 2);

  test('is found', () => {
    const at = (path: string) => text.slice(locate(text, path)).split('\n')[0];
    expect(at('phases.plan.blocks[1].who[0].role')).toBe('"role": "staff"');
    expect(at('phases.plan.blocks[0].key')).toBe('"key": "x"');
    expect(at('name')).toBe('"name": "\\"{[,:]}\\""');
  });

  test('leads to its nearest parent when it is not there', () => {
    expect(text.slice(locate(text, 'phases.plan.blocks[1].deadline')).startsWith('{')).toBe(true);
    expect(lineOf(text, locate(text, 'phases.plan.blocks[1].deadline')).line).toBe(9);
    expect(locate(text, 'nothing.here')).toBe(0);
  });

  test('where a text stops being JSON is said', () => {
    expect(syntaxFlaw(text)).toBeUndefined();
    expect(syntaxFlaw('{\n  "a": 1,\n  b\n}')?.line).toBe(3);
  });
});
