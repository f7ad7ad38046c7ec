import type { Evidence } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import type { Database } from '../http/deps.ts';
import type { EvidenceView } from '../tasks/schema.ts';

/** The files of a case, the latest last. */
export const listEvidence = async (db: Database, caseId: string, me: Me): Promise<EvidenceView[]> => {
  const rows = await db.evidence.findMany({ where: { caseId }, orderBy: [{ at: 'asc' }, { id: 'asc' }] });
  return presentEvidence(db, rows, me);
};

export const presentEvidence = async (db: Database, rows: Evidence[], me: Me): Promise<EvidenceView[]> => {
  const ids = [...new Set(rows.map(({ uploadedBy }) => uploadedBy))];
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map(({ id, name, mime, size, sha256, field, at, uploadedBy }) => ({
    id,
    name,
    mime,
    size,
    sha256,
    field,
    at: at.toISOString(),
    uploadedBy: { id: uploadedBy, name: names.get(uploadedBy) ?? '' },
    can: uploadedBy === me.id ? ['delete'] : [],
  }));
};
