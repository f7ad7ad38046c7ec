import { Prisma } from '../../prisma/client/client.ts';
import type { Colour } from '../../workflows/lights/schema.ts';
import { COLOURS } from '../../workflows/lights/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import { readCycleTemplate } from '../cycles/read.ts';
import type { Database } from '../http/deps.ts';

interface Row {
  org_id: string;
  org_name: string;
  category: string | null;
  code: string;
  name: string;
  period: string | null;
  colour: Colour | null;
  because: Text | null;
}

/** Units by indicators: the last colour of each with its period, or the light of one period. What never had a light has none. */
export const readHeatmap = async (db: Database, cycleId: string, period: string | undefined, me: Me) => {
  await readCycleTemplate(db, cycleId);
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT o.id AS org_id, o.name AS org_name, p.category, i.code, i.name, l.period, l.colour, l.because
    FROM cycle_indicators i JOIN org_units o ON o.id = i.org_id LEFT JOIN cycle_participants p ON p.cycle_id = i.cycle_id AND p.org_id = i.org_id
    LEFT JOIN LATERAL (SELECT period, colour, because FROM lights l WHERE l.cycle_indicator_id = i.id
      AND ${period === undefined ? Prisma.sql`l.colour IS NOT NULL` : Prisma.sql`l.period = ${period}`} ORDER BY l.ends_on DESC, l.id DESC LIMIT 1) l ON TRUE
    WHERE i.cycle_id = ${cycleId}::uuid AND i.applies AND i.parent_id IS NULL
      AND ${allowed(me, 'read', 'Light', 'i')}
    ORDER BY p.category, o.code, i.position, i.code`);
  const units = new Map(
    rows.map((row) => [row.org_id, { id: row.org_id, name: row.org_name, category: row.category }]),
  );
  const indicators = new Map(rows.map(({ code, name }) => [code, { code, name }]));
  const counts = Object.fromEntries(
    COLOURS.map((colour) => [colour, rows.filter((row) => row.colour === colour).length]),
  );
  return {
    units: [...units.values()],
    indicators: [...indicators.values()],
    cells: rows.map((row) => ({
      org: row.org_id,
      code: row.code,
      colour: row.colour,
      period: row.period,
      because: row.because,
    })),
    counts: { ...counts, none: rows.filter((row) => row.colour === null).length },
  };
};
