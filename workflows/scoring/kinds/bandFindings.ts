import { error, type Finding, pathText, text, warning } from '../../template/lint/finding.ts';
import { type Interval, intervalOf } from '../interval.ts';
import type { Bands } from './bands.ts';

interface Placed {
  i: number;
  in: string;
  interval: Interval;
}

/** Bands that hold nothing, that overlap, or that leave something out between them or at the ends. */
export function bandFindings({ bands, else: otherwise }: Bands, path: readonly PropertyKey[]): Finding[] {
  const at = (i: number) => pathText([...path, 'bands', i, 'in']);
  const placed = bands.map((band, i): Placed => ({ i, in: band.in, interval: intervalOf(band.in) }));
  const empty = placed.filter((one) => isEmpty(one.interval));
  if (empty.length > 0) return empty.map((one) => emptyBand(at(one.i), one.in));
  const sorted = placed.toSorted((a, b) => compareStart(a.interval, b.interval));
  const between = sorted.slice(1).flatMap((next, k): Finding[] => {
    const before = sorted[k];
    if (!before) return [];
    const meeting = meet(before.interval, next.interval);
    if (meeting === 'overlap') return [overlap(at(next.i), before.in, next.in)];
    return meeting === 'gap' && otherwise === undefined ? [gap(at(next.i), before.in, next.in)] : [];
  });
  const [first, last] = [sorted[0], sorted.at(-1)];
  const open = first?.interval.from === null && last?.interval.to === null;
  return otherwise !== undefined || open ? between : [...between, ends(pathText([...path, 'bands']))];
}

const isEmpty = ({ from, to, fromClosed, toClosed }: Interval): boolean =>
  from !== null && to !== null && (from.gt(to) || (from.eq(to) && !(fromClosed && toClosed)));

function compareStart(a: Interval, b: Interval): number {
  if (!a.from || !b.from) return a.from ? 1 : b.from ? -1 : 0;
  return a.from.cmp(b.from) || Number(b.fromClosed) - Number(a.fromClosed);
}

function meet(before: Interval, next: Interval): 'overlap' | 'gap' | 'touch' {
  if (!before.to || !next.from) return 'overlap';
  const order = before.to.cmp(next.from);
  if (order !== 0) return order > 0 ? 'overlap' : 'gap';
  if (before.toClosed && next.fromClosed) return 'overlap';
  return before.toClosed || next.fromClosed ? 'touch' : 'gap';
}

const emptyBand = (path: string, band: string): Finding =>
  error(
    'rule.bandEmpty',
    path,
    text(`${band} 里没有任何数。`, `No number lies in ${band}.`),
    text('下限写在前面，如 [80,90)。', 'Write the lower end first, as in [80,90).'),
  );

const overlap = (path: string, a: string, b: string): Finding =>
  error(
    'rule.bandOverlap',
    path,
    text(`${a} 与 ${b} 重叠。`, `${a} and ${b} overlap.`),
    text('一头写成开区间，如 [80,90) 与 [90,100]。', 'Leave one end open, as in [80,90) and [90,100].'),
  );

const gap = (path: string, a: string, b: string): Finding =>
  error(
    'rule.bandGap',
    path,
    text(`${a} 与 ${b} 之间有空档。`, `There is a gap between ${a} and ${b}.`),
    text('让两档相接，或写 else。', 'Let them meet, or write `else`.'),
  );

const ends = (path: string): Finding =>
  warning(
    'rule.bandEnds',
    path,
    text(
      '各档之外的数没有说明得多少分，遇到就无法计分。',
      'It is not said what lies outside all bands gives; such a value cannot be scored.',
    ),
    text(
      '把两头写成无限，如 (,60) 和 [90,)，或写 else。',
      'Leave the ends without limit, as in (,60) and [90,), or write `else`.',
    ),
  );
