import { demoPersonId, readTable } from '../city.ts';

/** What an organisation's register holds beside its units: years before its cycles, and values of another place. */
export interface Register {
  history: readonly { org: string; code: string; year: number; value: string; source: string }[];
  benchmarks: readonly { code: string; place: string; period: string; value: string; source: string }[];
  /** Who entered it. */
  by: string;
}

/** Of the benchmark city of `t-city`: what it reaches in the four quarters, and how much more each year. All of it is invented. */
const BENCHMARKS = [
  ['T1', ['26', '51', '76', '98'], '0.5'],
  ['T2', ['97.2', '97.6', '98.1', '98.4'], '0.3'],
  ['T3', ['24.5', '49', '73.5', '96'], '0.4'],
  ['T4', ['91', '91.5', '92', '92.5'], '0.2'],
] as const;
const YEARS = [2026, 2027, 2028];
const PLACE = '望海市（示例）';

const tCity = (): Register => ({
  history: [],
  benchmarks: BENCHMARKS.flatMap(([code, quarters, more]) =>
    YEARS.flatMap((year, later) =>
      quarters.map((value, i) => ({
        code,
        place: PLACE,
        period: `${year}-Q${i + 1}`,
        value: (Number(value) + later * Number(more)).toFixed(1),
        source: '示例数据',
      })),
    ),
  ),
  by: demoPersonId('office'),
});

/** The published values of the critical indicators, fiscal years 2016 to 2022. */
const nyc = (): Register => ({
  history: readTable<{ org: string; indicator: string; year: string; value: string }>('nyc-history.csv').map(
    ({ org, indicator: code, year, value }) => ({
      org,
      code,
      year: Number(year),
      value,
      source: "Mayor's Management Report",
    }),
  ),
  benchmarks: [],
  by: demoPersonId('nyc-ops.performanceOffice1'),
});

const REGISTERS: Readonly<Record<string, () => Register>> = { 't-city': tCity, 'nyc-mmr': nyc };

/** What is in the register of a demo organisation from the start, if anything. */
export const registerOf = (key: string): Register | undefined =>
  Object.hasOwn(REGISTERS, key) ? REGISTERS[key]?.() : undefined;
