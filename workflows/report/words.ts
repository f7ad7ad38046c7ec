import type { Period } from '../indicators/period.ts';
import { Exact, settled } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import type { Cell, Column, ReportPart } from './part.ts';

export const say = (zh: string, en: string): Text => ({ zh, en });
export const heading = (zh: string, en: string): ReportPart => ({ kind: 'heading', text: say(zh, en) });
export const paragraph = (...sentences: (Text | false | null)[]): ReportPart[] => {
  const said = sentences.filter((one) => one !== false && one !== null);
  if (said.length === 0) return [];
  return [{ kind: 'paragraph', text: say(said.map(({ zh }) => zh).join(''), said.map(({ en }) => en).join(' ')) }];
};

/** A part of the report under its heading; nothing where there is nothing to say. */
export const section = (zh: string, en: string, parts: readonly ReportPart[]): ReportPart[] =>
  parts.length === 0 ? [] : [heading(zh, en), ...parts];

const columns = (is: Column<Text>['is']) => (zh: string, en: string) => ({ name: say(zh, en), is });
export const nameColumn = columns('name');
export const numberColumn = columns('number');
export const wordsColumn = columns('words');

export const table = (key: string, title: Text, head: Column<Text>[], rows: readonly Cell<Text>[][]): ReportPart[] =>
  rows.length === 0 ? [] : [{ kind: 'table', key, title, columns: head, rows: rows.map((cells) => ({ cells })) }];

/** A figure as people read it: at most two places. */
export const shown = (value: string): string => settled(new Exact(value)).toDecimalPlaces(2).toFixed();
export const shownOr = (value: string | null): string | null => (value === null ? null : shown(value));

/** So many of so many in percent, with one place. */
export const percent = (part: number, of: number): string =>
  of === 0 ? '0' : new Exact(part).div(of).times(100).toDecimalPlaces(1).toFixed();

/** Names in a row; with too many, the first and how many there are. */
export function listed(names: readonly string[], most = 5): Text {
  const first = names.slice(0, most);
  const more = names.length > most;
  return say(
    more ? `${first.join('、')} 等 ${names.length} 个` : first.join('、'),
    more ? `${first.join(', ')} and ${names.length - most} more` : first.join(', '),
  );
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const HALVES = [say('上', 'first'), say('下', 'second')];

/** What people call a period. */
export function periodName({ key, frequency, year }: Period): Text {
  const n = Number(/(?<!\d)\d+$/.exec(key)?.[0]);
  switch (frequency) {
    case 'month':
      return say(`${year} 年 ${n} 月`, `${MONTHS[n - 1]} ${year}`);
    case 'quarter':
      return say(`${year} 年第 ${n} 季度`, `quarter ${n} of ${year}`);
    case 'half':
      return say(`${year} 年${HALVES[n - 1]?.zh}半年`, `the ${HALVES[n - 1]?.en} half of ${year}`);
    case 'year':
      return say(`${year} 年度`, `${year}`);
  }
}

/** English nouns: 1 unit, 2 units. */
export const some = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
