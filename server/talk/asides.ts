import { Prisma } from '../../prisma/client/client.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import { blockName } from '../cases/names.ts';
import type { TimelineItem } from '../cases/schema.ts';
import type { Database } from '../http/deps.ts';

interface Row {
  id: string;
  kind: 'comment' | 'withdrawn' | 'urge' | 'copy' | 'urgent' | 'normal';
  at: Date;
  person_id: string | null;
  person: string | null;
  said: string | null;
  block: string | null;
  /** Names of whom it went to. */
  whom: string[] | null;
}

export interface Span {
  caseId: string;
  from: Date;
  /** Excluded; null: until now. */
  to: Date | null;
}

type Aside = Omit<TimelineItem, 'seq'> & { id: string };

/** What people said and did around a case in a span of time, for its timeline: it stands beside the engine's record. */
export const readAsides = async (
  db: Database,
  template: CycleTemplate,
  { caseId, from, to }: Span,
): Promise<Aside[]> => {
  const within = (at: Prisma.Sql) =>
    to ? Prisma.sql`${at} >= ${from} AND ${at} < ${to}` : Prisma.sql`${at} >= ${from}`;
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT a.*, p.name AS person FROM (
      SELECT id::text, CASE WHEN withdrawn_at IS NULL THEN 'comment' ELSE 'withdrawn' END AS kind, at, author_id AS person_id,
        CASE WHEN withdrawn_at IS NULL THEN text END AS said, NULL AS block, NULL::text[] AS whom
      FROM comments WHERE case_id = ${caseId}::uuid AND ${within(Prisma.sql`at`)}
      UNION ALL
      SELECT u.id::text, 'urge', u.at, u.urged_by, u.note, t.block,
        ARRAY(SELECT q.name FROM people q WHERE q.id = ANY(u.told) ORDER BY q.username)
      FROM urges u JOIN tasks t ON t.case_id = u.case_id AND t.seat = u.seat
      WHERE u.case_id = ${caseId}::uuid AND ${within(Prisma.sql`u.at`)}
      UNION ALL
      SELECT min(k.id::text), 'copy', k.at, k.sent_by, NULL, k.block, array_agg(q.name ORDER BY q.username)
      FROM copies k JOIN people q ON q.id = k.person_id
      WHERE k.case_id = ${caseId}::uuid AND ${within(Prisma.sql`k.at`)} GROUP BY k.at, k.sent_by, k.block, k.seat
      UNION ALL
      SELECT id::text, priority, at, set_by, reason, NULL, NULL
      FROM case_priorities WHERE case_id = ${caseId}::uuid AND ${within(Prisma.sql`at`)}
    ) a LEFT JOIN people p ON p.id = a.person_id ORDER BY a.at, a.id`);
  return rows.map((row) => {
    const name = row.block === null ? undefined : blockName(template, row.block);
    return {
      id: row.id,
      at: row.at.toISOString(),
      type:
        row.kind === 'urgent' || row.kind === 'normal' ? 'priority' : row.kind === 'withdrawn' ? 'comment' : row.kind,
      ...(row.person_id && { actor: { id: row.person_id, name: row.person ?? '' } }),
      ...(row.block !== null && name && { block: row.block, blockName: name }),
      text: describe(row, name),
      ...(row.said && { reason: row.said }),
    };
  });
};

const describe = ({ kind, person, whom }: Row, block: Text | undefined): Text => {
  const who = { zh: person ?? '系统', en: person ?? 'The system' };
  const names = { zh: (whom ?? []).join('、'), en: (whom ?? []).join(', ') };
  switch (kind) {
    case 'comment':
      return { zh: `${who.zh}评论`, en: `${who.en} commented` };
    case 'withdrawn':
      return { zh: `${who.zh}撤回了一条评论`, en: `${who.en} withdrew a comment` };
    case 'urge':
      return {
        zh: `${who.zh}催办“${block?.zh}”：${names.zh}`,
        en: `${who.en} urged ${names.en} to act on "${block?.en}"`,
      };
    case 'copy':
      return { zh: `${who.zh}将“${block?.zh}”抄送${names.zh}`, en: `${who.en} sent "${block?.en}" to ${names.en}` };
    case 'urgent':
      return { zh: `${who.zh}标为加急`, en: `${who.en} made it urgent` };
    case 'normal':
      return { zh: `${who.zh}取消加急`, en: `${who.en} made it normal again` };
  }
};
