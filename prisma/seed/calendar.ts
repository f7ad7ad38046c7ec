import { CHINA_DAYS, chinaCalendar } from '../../workflows/calendar/china.ts';
import type { PrismaClient } from '../client/client.ts';

/**
 * Loads the published holidays and make-up days into the calendar that administrators edit. Days up to what the table
 * already knows are left alone, so edits stay; a newer release adds the years that it brings.
 */
export async function seedCalendar(prisma: PrismaClient): Promise<{ added: number; knownUntil: string }> {
  const { knownUntil } = chinaCalendar();
  return prisma.$transaction(async (tx) => {
    const state = await tx.calendarState.findUnique({ where: { id: 1 } });
    const known = state?.knownUntil.toISOString().slice(0, 10) ?? '';
    if (known >= knownUntil) return { added: 0, knownUntil: known };
    const { count } = await tx.calendarDay.createMany({
      data: CHINA_DAYS.filter(({ day }) => day > known).map(({ day, working, name }) => ({
        day: new Date(`${day}T00:00:00Z`),
        working,
        name,
      })),
      skipDuplicates: true,
    });
    const until = new Date(`${knownUntil}T00:00:00Z`);
    await tx.calendarState.upsert({
      where: { id: 1 },
      create: { id: 1, knownUntil: until },
      update: { knownUntil: until, version: { increment: 1 } },
    });
    return { added: count, knownUntil };
  });
}
