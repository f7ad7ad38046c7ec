import type { Indicator, IndicatorDefinition } from '../../workflows/indicators/schema.ts';
import type { Sql } from '../db/sql.ts';
import type { LibraryDefinition } from './planned.ts';

interface Row {
  code: string;
  version: number;
  name: string;
  name_en: string | null;
  definition: IndicatorDefinition;
}

/** The library's indicators in use, each by its newest version. */
export async function libraryDefinitions(sql: Sql): Promise<Map<string, LibraryDefinition>> {
  const rows = await sql.query<Row>(
    `SELECT i.code, v.version, v.name, v.name_en, v.definition FROM indicators i
     JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version WHERE i.active`,
  );
  return new Map(
    rows.map(({ code, version, name, name_en, definition }) => {
      const indicator: Indicator = { code, name: { zh: name, en: name_en ?? name }, kind: 'specific', ...definition };
      return [code, { version, indicator }];
    }),
  );
}

/** What a unit already is measured by: its sections' parts have the same definitions. */
export async function assignedDefinitions(
  sql: Sql,
  cycleId: string,
  orgId: string,
): Promise<Map<string, LibraryDefinition>> {
  const rows = await sql.query<Omit<Indicator, 'name'> & { name: string; name_en: string | null; version: number }>(
    `SELECT code, version, name, name_en, kind, unit, direction, frequency, aggregation FROM cycle_indicators
     WHERE cycle_id = $1::uuid AND org_id = $2::uuid AND applies`,
    [cycleId, orgId],
  );
  return new Map(
    rows.map(({ version, name, name_en, ...one }) => {
      const indicator: Indicator = { ...one, name: { zh: name, en: name_en ?? name } };
      return [one.code, { version, indicator }];
    }),
  );
}
