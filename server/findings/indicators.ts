import { Prisma } from '../../prisma/client/client.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';

/** Of these codes, the ones that no indicator has: neither in the library, nor assigned to a unit, nor in a template that runs. */
export const unknownIndicators = async (db: Database, codes: readonly string[]): Promise<string[]> => {
  const wanted = [...new Set(codes)];
  if (wanted.length === 0) return [];
  const rows = await db.$queryRaw<{ code: string }[]>(Prisma.sql`
    SELECT code FROM indicators WHERE code = ANY(${wanted})
    UNION SELECT code FROM cycle_indicators WHERE code = ANY(${wanted})
    UNION SELECT i->>'code' FROM cycles y JOIN templates t ON t.key = y.template_key AND t.version = y.template_version,
      json_array_elements(t.content->'indicators'->'list') i WHERE i->>'code' = ANY(${wanted})`);
  const known = new Set(rows.map(({ code }) => code));
  return wanted.filter((code) => !known.has(code));
};

/** Refuses codes that no indicator has; `pathOf` says where a code was given. */
export const checkIndicators = async (
  db: Database,
  codes: readonly (string | undefined)[],
  pathOf: (index: number) => string = () => 'indicator',
): Promise<void> => {
  const unknown = await unknownIndicators(
    db,
    codes.filter((code) => code !== undefined),
  );
  if (unknown.length === 0) return;
  const errors = codes.flatMap((code, i) =>
    code !== undefined && unknown.includes(code)
      ? [{ path: pathOf(i), message: { zh: `没有代码为“${code}”的指标`, en: `there is no indicator "${code}"` } }]
      : [],
  );
  throw problem('input.invalid', { errors });
};
