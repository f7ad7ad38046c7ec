import type { Evidence, Prisma, PrismaClient } from '../../prisma/client/client.ts';
import { settle } from '../audit/record.ts';
import { overPrisma } from '../db/sql.ts';

/** Notes a file that was uploaded, with its row of the audit. */
export const keepEvidence = (prisma: PrismaClient, data: Prisma.EvidenceUncheckedCreateInput): Promise<Evidence> =>
  prisma.$transaction(async (db) => {
    const row = await db.evidence.create({ data });
    await settle(overPrisma(db), { made: row.id });
    return row;
  });
