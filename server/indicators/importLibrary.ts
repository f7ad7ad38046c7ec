import { z } from 'zod';
import {
  AGGREGATIONS,
  DIRECTIONS,
  FREQUENCIES,
  type IndicatorDefinition,
  indicatorCodeSchema,
} from '../../workflows/indicators/schema.ts';
import { overPrisma } from '../db/sql.ts';
import type { CsvColumn, CsvError } from '../http/csv.ts';
import { checkCells, finishImport, type ImportResult, repeated } from '../http/csvImport.ts';
import type { Database } from '../http/deps.ts';
import { lineText } from '../http/schema.ts';
import { libraryDefinitions } from './definitions.ts';
import { addIndicator, changeDefinition, definitionErrors } from './library.ts';
import { decimalSchema } from './schema.ts';
import { readTable } from './table.ts';

const COLUMNS: CsvColumn[] = [
  { name: 'code', aliases: ['代码', '指标代码'], required: true },
  { name: 'name', aliases: ['名称', '指标名称', '指标'], required: true },
  { name: 'name_en', aliases: ['英文名称'], required: false },
  { name: 'unit', aliases: ['计量单位'], required: true },
  { name: 'direction', aliases: ['方向'], required: true },
  { name: 'frequency', aliases: ['频率'], required: true },
  { name: 'aggregation', aliases: ['汇总方式'], required: false },
  { name: 'low', aliases: ['下限'], required: false },
  { name: 'high', aliases: ['上限'], required: false },
  { name: 'formula', aliases: ['公式'], required: false },
  { name: 'owner', aliases: ['责任单位代码'], required: false },
  { name: 'monitoring_unit', aliases: ['监测单位代码'], required: false },
  { name: 'source', aliases: ['数据来源'], required: false },
  { name: 'plausible_min', aliases: ['最小可能值'], required: false },
  { name: 'plausible_max', aliases: ['最大可能值'], required: false },
];

const oneOf = <const Values extends readonly [string, ...string[]]>(
  values: Values,
  words: Record<string, Values[number]>,
) => z.preprocess((text) => words[String(text)] ?? text, z.enum(values));
const empty = z.literal('').transform(() => undefined);
const cells = {
  code: indicatorCodeSchema,
  name: lineText(200),
  name_en: empty.or(lineText(200)),
  unit: lineText(20),
  direction: oneOf(DIRECTIONS, { 越高越好: 'up', 正向: 'up', 越低越好: 'down', 逆向: 'down', 区间: 'band' }),
  frequency: oneOf(FREQUENCIES, { 月: 'month', 季: 'quarter', 半年: 'half', 年: 'year' }),
  aggregation: empty.or(oneOf(AGGREGATIONS, { 末值: 'last', 累计: 'toDate', 合计: 'sum', 平均: 'mean', 最大: 'max' })),
  low: empty.or(decimalSchema),
  high: empty.or(decimalSchema),
  formula: empty.or(z.string().max(2000)),
  owner: empty.or(indicatorCodeSchema),
  monitoring_unit: empty.or(indicatorCodeSchema),
  source: empty.or(lineText(500)),
  plausible_min: empty.or(decimalSchema),
  plausible_max: empty.or(decimalSchema),
};

/** Takes definitions into the library from a table, by code: what is new is added, what differs becomes a new version; all or none. */
export const importLibrary = async (
  db: Database,
  bytes: Buffer,
  { dryRun, by, at }: { dryRun: boolean; by: string; at: Date },
): Promise<ImportResult> => {
  const { rows, errors: formulas } = await readTable(bytes, COLUMNS);
  const checked = checkCells(rows, cells);
  const written = checked.values.map(definitionOf);
  const rowOf = new Map(rows.map(({ row, cells: { code } }) => [code ?? '', row]));
  const wrong = (await definitionErrors(db, written)).map(
    ({ code, error: { id, path, message } }): CsvError => ({
      row: rowOf.get(code) ?? 1,
      column: path.replace('definition.', ''),
      id,
      message,
    }),
  );
  const errors = [...formulas, ...checked.errors, ...repeated(rows, 'code'), ...wrong];
  return finishImport(db, { rows: rows.length, errors, dryRun }, async () => {
    const known = await libraryDefinitions(overPrisma(db));
    let [created, updated] = [0, 0];
    for (const { code, ...one } of written) {
      const before = known.get(code);
      if (!before) {
        await addIndicator(db, code, one, { by, at });
        created += 1;
        continue;
      }
      const { code: _code, kind: _kind, name, ...definition } = before.indicator;
      const same =
        sameDefinition(definition, one.definition) && name.zh === one.name && name.en === (one.nameEn ?? one.name);
      if (same) continue;
      const { id } = await db.indicator.findUniqueOrThrow({ where: { code } });
      await changeDefinition(db, id, before.version, { ...one, reason: '导入' }, { by, at }, { checked: true });
      updated += 1;
    }
    return { created, updated };
  });
};

const sameDefinition = (a: object, b: object): boolean => {
  const sorted = (one: object) => JSON.stringify(Object.entries(one).sort(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
};

const definitionOf = (value: Record<string, unknown>) => {
  const given = value as Record<string, string | undefined>;
  const plausible = {
    ...(given.plausible_min !== undefined && { min: given.plausible_min }),
    ...(given.plausible_max !== undefined && { max: given.plausible_max }),
  };
  const parts = {
    unit: given.unit,
    direction: given.direction,
    frequency: given.frequency,
    aggregation: given.aggregation,
    low: given.low,
    high: given.high,
    formula: given.formula,
    owner: given.owner,
    monitoringUnit: given.monitoring_unit,
    source: given.source,
    ...(Object.keys(plausible).length > 0 && { plausible }),
  };
  const definition = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
  return {
    code: given.code ?? '',
    name: given.name ?? '',
    nameEn: given.name_en,
    definition: definition as unknown as IndicatorDefinition,
  };
};
