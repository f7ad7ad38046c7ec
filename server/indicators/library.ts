import { randomUUID } from 'node:crypto';
import { Prisma } from '../../prisma/client/client.ts';
import { brokenBy } from '../../workflows/indicators/breaks.ts';
import { computeOrder, FormulaError } from '../../workflows/indicators/formula.ts';
import type { IndicatorDefinition } from '../../workflows/indicators/schema.ts';
import { Exact } from '../../workflows/scoring/exact.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import { isDuplicate } from '../http/errors.ts';
import { likePattern, type PageQuery, readPage } from '../http/page.ts';
import { type FieldError, problem } from '../http/problem.ts';
import { libraryDefinitions } from './definitions.ts';
import type { LibraryIndicator } from './schema.ts';

export interface Written {
  name: string;
  nameEn?: string | undefined;
  definition: IndicatorDefinition;
}

interface By {
  by: string;
  at: Date;
}

/** Adds an indicator to the library. @throws indicator.codeTaken, indicator.wrong */
export const createIndicator = async (db: Database, code: string, written: Written, by: By): Promise<string> => {
  await checkDefinitions(db, [{ code, definition: written.definition }]);
  return addIndicator(db, code, written, by);
};

/** The same for a definition that was checked, such as one of a file. */
export const addIndicator = async (db: Database, code: string, written: Written, by: By): Promise<string> => {
  const id = randomUUID();
  try {
    await db.indicator.create({ data: { id, code } });
  } catch (error) {
    throw isDuplicate(error) ? problem('indicator.codeTaken', { code }) : error;
  }
  await addVersion(db, id, 1, written, by, { breaks: false, reason: null });
  return id;
};

/** Changes a definition: a new version, and a break in the series where its numbers do not compare with those before. */
export const changeDefinition = async (
  db: Database,
  id: string,
  expected: number,
  { reason, breaks, ...written }: Written & { reason: string; breaks?: boolean | undefined },
  by: By,
  { checked = false } = {},
): Promise<void> => {
  const found = await db.indicator.findUnique({ where: { id } });
  if (!found) throw problem('indicator.unknown');
  if (found.version !== expected) throw problem('version.stale', { current: found.version });
  const before = await db.indicatorVersion.findUnique({
    where: { indicatorId_version: { indicatorId: id, version: found.version } },
  });
  if (!checked) await checkDefinitions(db, [{ code: found.code, definition: written.definition }]);
  const { count } = await db.indicator.updateMany({
    where: { id, version: expected },
    data: { version: expected + 1 },
  });
  if (count === 0) throw problem('version.stale', { current: expected + 1 });
  const old = before?.definition as unknown as IndicatorDefinition | undefined;
  const broken = breaks === true || (old !== undefined && brokenBy(old, written.definition).length > 0);
  await addVersion(db, id, expected + 1, written, by, { breaks: broken, reason });
};

const addVersion = async (
  db: Database,
  indicatorId: string,
  version: number,
  { name, nameEn, definition }: Written,
  { by, at }: By,
  { breaks, reason }: { breaks: boolean; reason: string | null },
): Promise<void> => {
  const { unit, direction, frequency } = definition;
  await db.indicatorVersion.create({
    data: {
      indicatorId,
      version,
      name,
      nameEn: nameEn ?? null,
      unit,
      direction,
      frequency,
      definition: definition as Prisma.InputJsonObject,
      breaks,
      reason,
      madeBy: by,
      madeAt: at,
    },
  });
};

export interface Defined {
  code: string;
  definition: IndicatorDefinition;
}

/** Refuses definitions that contradict themselves, and formulas that cannot be computed among all in the library. */
export const checkDefinitions = async (db: Database, defined: readonly Defined[]): Promise<void> => {
  const errors = await definitionErrors(db, defined);
  if (errors.length > 0) throw problem('indicator.wrong', { errors: errors.map(({ error }) => error) });
};

export const definitionErrors = async (
  db: Database,
  defined: readonly Defined[],
): Promise<{ code: string; error: FieldError & { id: string } }[]> => {
  const errors = defined.flatMap(({ code, definition: { direction, low, high, plausible } }) => {
    const wrong = (id: string, path: string, zh: string, en: string) => ({
      code,
      error: { id, path, message: { zh, en } },
    });
    return [
      ...(direction === 'band' && !(low !== undefined && high !== undefined && new Exact(low).lte(high))
        ? [
            wrong(
              'indicator.band',
              'definition.low',
              '区间型指标应有下限和上限，下限不大于上限',
              'a band needs low and high, and low is not above high',
            ),
          ]
        : []),
      ...(plausible?.min !== undefined && plausible.max !== undefined && new Exact(plausible.min).gt(plausible.max)
        ? [wrong('indicator.plausible', 'definition.plausible', '最小值大于最大值', 'the least is above the most')]
        : []),
    ];
  });
  const all = new Map(
    [...(await libraryDefinitions(overPrisma(db)))].map(([code, { indicator }]) => [code, indicator.formula]),
  );
  for (const { code, definition } of defined) all.set(code, definition.formula);
  try {
    computeOrder([...all].map(([code, formula]) => ({ code, formula })));
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const { id, text: message, codes } = error;
    // What is in the library already can be computed: of those at fault, at least one is defined now.
    const code = defined.find((one) => codes.includes(one.code))?.code ?? defined[0]?.code ?? '';
    errors.push({ code, error: { id, path: 'definition.formula', message } });
  }
  return errors;
};

const optional = <Value>(value: Value | null) => (value === null ? undefined : value);

interface Row {
  id: string;
  code: string;
  active: boolean;
  version: number;
  name: string;
  name_en: string | null;
  definition: LibraryIndicator['definition'];
}

const present = ({ name_en, ...row }: Row): LibraryIndicator => ({
  ...row,
  ...(name_en !== null && { nameEn: name_en }),
});

export const listIndicators = async (db: Database, query: PageQuery) => {
  const page = await readPage<Row>(
    db,
    {
      columns: Prisma.sql`i.id, i.code, i.active, i.version, v.name, v.name_en, v.definition`,
      from: Prisma.sql`indicators i JOIN indicator_versions v ON v.indicator_id = i.id AND v.version = i.version`,
      where: query.q
        ? [Prisma.sql`(i.code || ' ' || v.name || ' ' || coalesce(v.name_en, '')) ILIKE ${likePattern(query.q)}`]
        : [],
      sorts: {
        code: { by: Prisma.sql`i.code COLLATE "C"`, type: 'text' },
        name: { by: Prisma.sql`v.name`, type: 'text' },
      },
      sort: 'code',
      id: Prisma.sql`i.id::text`,
    },
    query,
  );
  return {
    ...page,
    items: page.items.map(({ id, code, active, version, name, name_en, definition }) =>
      present({ id, code, active, version, name, name_en, definition }),
    ),
  };
};

/** An indicator with all its versions, oldest first. */
export const readIndicator = async (db: Database, id: string): Promise<LibraryIndicator> => {
  const found = await db.indicator.findUnique({
    where: { id },
    include: { versions: { orderBy: { version: 'asc' } } },
  });
  const newest = found?.versions.at(-1);
  if (!found || !newest) throw problem('indicator.unknown');
  const ids = found.versions.flatMap(({ madeBy }) => madeBy ?? []);
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const versions = found.versions.map(({ version, name, nameEn, definition, breaks, reason, madeBy, madeAt }) => ({
    version,
    name,
    nameEn: optional(nameEn),
    definition: definition as LibraryIndicator['definition'],
    breaks,
    reason: optional(reason),
    madeBy: people.find((person) => person.id === madeBy),
    madeAt: madeAt.toISOString(),
  }));
  return {
    id,
    code: found.code,
    active: found.active,
    version: found.version,
    name: newest.name,
    nameEn: optional(newest.nameEn),
    definition: newest.definition as LibraryIndicator['definition'],
    versions,
  };
};
