import type { Evidence } from '../../prisma/client/client.ts';
import { accessible } from '../auth/accessible.ts';
import type { Me } from '../auth/me.ts';
import type { Database } from '../http/deps.ts';
import type { EvidenceView } from '../tasks/schema.ts';
import type { Level } from './level.ts';

/** The files of a case up to the caller's level, the latest last. */
export const listEvidence = async (db: Database, caseId: string, me: Me): Promise<EvidenceView[]> => {
  const rows = await db.evidence.findMany({
    where: { AND: [accessible(me, 'read', 'Evidence'), { caseId }] },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  return presentEvidence(db, rows, me);
};

export const presentEvidence = async (db: Database, rows: Evidence[], me: Me): Promise<EvidenceView[]> => {
  const ids = [...new Set(rows.map(({ uploadedBy }) => uploadedBy))];
  const people = await db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return rows.map(({ id, name, mime, size, sha256, field, at, uploadedBy, level }) => ({
    id,
    name,
    mime,
    size,
    sha256,
    field,
    level: level as Level,
    at: at.toISOString(),
    uploadedBy: { id: uploadedBy, name: names.get(uploadedBy) ?? '' },
    can: uploadedBy === me.id ? ['delete'] : [],
  }));
};
