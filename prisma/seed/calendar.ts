import { CHINA_DAYS, chinaCalendar } from '../../workflows/calendar/china.ts';
import type { PrismaClient } from '../client/client.ts';

/**
 * Loads the published holidays and make-up days into the calendar that administrators edit. Days up to what the table
 * already knows are left alone, so edits stay; a newer release adds the years that it brings.
 */
export async function seedCalendar(prisma: PrismaClient): Promise<{ added: number; knownUntil: string }> {
  const { knownUntil } = chinaCalendar();
  return prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('bihuan.seed'))`;
    const [state] = await tx.$queryRaw<{ known: string }[]>`
      SELECT known_until::text AS known FROM calendar_state WHERE id = 1`;
    const known = state?.known ?? '';
    if (known >= knownUntil) return { added: 0, knownUntil: known };
    const days = JSON.stringify(CHINA_DAYS.filter(({ day }) => day > known));
    const added = await tx.$executeRaw`
      INSERT INTO calendar_days (day, working, name)
      SELECT day, working, name FROM json_to_recordset(${days}::json) AS k(day date, working boolean, name text)
      ON CONFLICT DO NOTHING`;
    await tx.$executeRaw`
      INSERT INTO calendar_state (id, known_until, version) VALUES (1, ${knownUntil}::date, 1)
      ON CONFLICT (id) DO UPDATE SET known_until = excluded.known_until, version = calendar_state.version + 1`;
    return { added, knownUntil };
  });
}
