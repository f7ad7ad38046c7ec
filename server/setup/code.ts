import type { PrismaClient } from '../../prisma/client/client.ts';
import { hashPaperCode, newPaperCode } from '../auth/paperCode.ts';

/** The code that makes the first accounts, as shown on the console of the server. */
export interface SetupCode {
  code: string;
  expiresAt: string;
}

const HOURS = 24;

/**
 * Draws the code of the first run, on a database without anyone; undefined when there are people already. Nodes that start together
 * show a code each; the first that is used ends them all.
 */
export const issueSetupCode = async (prisma: PrismaClient, now: Date): Promise<SetupCode | undefined> => {
  if ((await prisma.person.count()) > 0) return undefined;
  const code = newPaperCode();
  const expiresAt = new Date(now.getTime() + HOURS * 3_600_000);
  await prisma.$transaction([
    prisma.setupSecret.deleteMany({ where: { expiresAt: { lt: now } } }),
    prisma.setupSecret.create({ data: { hash: hashPaperCode(code), at: now, expiresAt } }),
  ]);
  return { code, expiresAt: expiresAt.toISOString() };
};
