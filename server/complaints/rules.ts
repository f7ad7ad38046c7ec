import type { ComplaintRules } from '../../workflows/findings/classify.ts';
import { checkIndicators } from '../findings/indicators.ts';
import type { By } from '../findings/write.ts';
import type { Database } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import { inTurn } from '../talk/tell.ts';

const NONE: ComplaintRules = { rules: [], days: { unit: 5, cityOffice: 5 } };

/** The rules in force, and their version: 0 as long as nobody has written any. */
export const readRules = async (db: Database): Promise<{ version: number } & ComplaintRules> => {
  const row = await db.complaintRules.findFirst({ orderBy: { version: 'desc' } });
  return row ? { version: row.version, ...(row.rules as unknown as ComplaintRules) } : { version: 0, ...NONE };
};

/** Writes the next version; earlier ones stay, for what they have classified. */
export const writeRules = async (
  db: Database,
  rules: ComplaintRules,
  expected: number,
  { by, at }: By,
): Promise<void> => {
  await inTurn(db, 'complaint rules');
  const { version } = await readRules(db);
  if (version !== expected) throw problem('version.stale', { current: version });
  await checkIndicators(
    db,
    rules.rules.map(({ indicator }) => indicator),
    (i) => `rules[${i}].indicator`,
  );
  const codes = rules.rules.flatMap(({ unit }) => unit ?? []);
  const known = await db.orgUnit.findMany({ where: { code: { in: codes } }, select: { code: true } });
  const errors = rules.rules.flatMap(({ unit }, i) =>
    unit === undefined || known.some(({ code }) => code === unit)
      ? []
      : [{ path: `rules[${i}].unit`, message: { zh: `没有代码为“${unit}”的单位`, en: `there is no unit "${unit}"` } }],
  );
  if (errors.length > 0) throw problem('input.invalid', { errors });
  await db.complaintRules.create({ data: { version: version + 1, rules: rules as object, madeBy: by, at } });
};
