import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { ChangeView, ComplaintView, complaintQuery, countQuery, countsSchema } from './schema.ts';

interface Row {
  id: string;
  channel: string;
  reference: string;
  received_at: Date;
  text: string;
  category: string | null;
  place: string | null;
  indicator_code: string | null;
  org_id: string | null;
  org: string | null;
  head_id: string | null;
  state: ComplaintView['state'];
  fixed: boolean;
  level: ComplaintView['level'];
  due_at: Date;
  answer: string | null;
  solved_at: Date | null;
}

const columns = Prisma.sql`c.*, o.name AS org, o.head_id`;
const from = Prisma.sql`complaints c LEFT JOIN org_units o ON o.id = c.org_id`;
const seen = (me: Me) => allowed(me, 'read', 'Complaint');

const isLate = (now: Date) => Prisma.sql`(c.state <> 'solved' AND c.due_at < ${now})`;
/** The city's days from one to another, both included. */
const within = (from: string | undefined, until: string | undefined) => [
  ...(from === undefined ? [] : [Prisma.sql`(c.received_at AT TIME ZONE 'Asia/Shanghai')::date >= ${from}::date`]),
  ...(until === undefined ? [] : [Prisma.sql`(c.received_at AT TIME ZONE 'Asia/Shanghai')::date <= ${until}::date`]),
];

/** A page of complaints that the person may see, the latest first. */
export const listComplaints = async (
  db: Database,
  query: z.infer<typeof complaintQuery>,
  me: Me,
  now: Date,
): Promise<Page<ComplaintView>> => {
  const where = [seen(me), ...within(query.from, query.until)];
  if (query.q)
    where.push(
      Prisma.sql`(c.text || ' ' || c.reference || ' ' || coalesce(c.place, '')) ILIKE ${likePattern(query.q)}`,
    );
  if (query.orgId) where.push(Prisma.sql`c.org_id = ${query.orgId}::uuid`);
  if (query.indicator) where.push(Prisma.sql`c.indicator_code = ${query.indicator}`);
  if (query.channel) where.push(Prisma.sql`c.channel = ${query.channel}`);
  if (query.state) where.push(Prisma.sql`c.state = ${query.state}`);
  if (query.level) where.push(Prisma.sql`c.level = ${query.level}`);
  if (query.overdue !== undefined) where.push(Prisma.sql`${isLate(now)} = ${query.overdue}`);
  const sorts = {
    receivedAt: { by: Prisma.sql`c.received_at`, type: 'timestamptz' as const },
    dueAt: { by: Prisma.sql`c.due_at`, type: 'timestamptz' as const },
  };
  const spec = { columns, from, where, sorts, sort: '-receivedAt', id: Prisma.sql`c.id::text` };
  const page = await readPage<Row>(db, spec, query);
  return { ...page, items: page.items.map((row) => present(row, me, now)) };
};

/** One complaint, or `complaint.unknown`. */
export const readComplaint = async (db: Database, id: string, me: Me, now: Date): Promise<ComplaintView> => {
  const rows = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columns} FROM ${from} WHERE c.id = ${id}::uuid AND ${seen(me)}`,
  );
  if (!rows[0]) throw problem('complaint.unknown');
  return present(rows[0], me, now);
};

/** Whoever holds a role in a unit, or heads it, acts for it. */
const actsFor = (me: Me, orgId: string | null, headId: string | null): boolean =>
  orgId !== null && (headId === me.id || me.roles.some((held) => held.orgId === orgId));

/** Refuses people of other units; the office acts for whoever it is. */
export const checkUnit = (complaint: ComplaintView): void => {
  if (!complaint.can.includes('solve')) throw problem('complaint.notYours');
};

const present = (row: Row, me: Me, now: Date): ComplaintView => {
  const open = row.state !== 'solved';
  const keeper = may(me, 'complaints.write');
  const unit = keeper || actsFor(me, row.org_id, row.head_id);
  return {
    id: row.id,
    channel: row.channel,
    reference: row.reference,
    receivedAt: row.received_at.toISOString(),
    text: row.text,
    ...(row.category && { category: row.category }),
    ...(row.place && { place: row.place }),
    ...(row.indicator_code && { indicator: row.indicator_code }),
    ...(row.org_id && { org: { id: row.org_id, name: row.org ?? '' } }),
    state: row.state,
    fixed: row.fixed,
    level: row.level,
    dueAt: row.due_at.toISOString(),
    overdue: open && row.due_at < now,
    ...(row.answer && { answer: row.answer }),
    ...(row.solved_at && { solvedAt: row.solved_at.toISOString() }),
    can: [
      ...(unit ? ['solve', ...(row.state === 'assigned' && !row.fixed ? ['dispute'] : []), 'raise'] : []),
      ...(keeper && open ? ['correct', 'assign'] : []),
    ],
  };
};

/** What was done with a complaint, oldest first. */
export const readChanges = async (db: Database, id: string): Promise<ChangeView[]> => {
  const rows = await db.$queryRaw<
    {
      at: Date;
      by: string | null;
      person: string | null;
      kind: ChangeView['kind'];
      rule: string | null;
      rules_version: number | null;
      indicator_code: string | null;
      org_id: string | null;
      org: string | null;
      note: string | null;
    }[]
  >(Prisma.sql`
    SELECT h.at, h.by, p.name AS person, h.kind, h.rule, h.rules_version, h.indicator_code, h.org_id, o.name AS org, h.note
    FROM complaint_changes h LEFT JOIN people p ON p.id = h.by LEFT JOIN org_units o ON o.id = h.org_id
    WHERE h.complaint_id = ${id}::uuid ORDER BY h.at, h.id`);
  return rows.map((row) => ({
    at: row.at.toISOString(),
    ...(row.by && { by: { id: row.by, name: row.person ?? '' } }),
    kind: row.kind,
    ...(row.rule && { rule: row.rule }),
    ...(row.rules_version !== null && { rulesVersion: row.rules_version }),
    ...(row.indicator_code && { indicator: row.indicator_code }),
    ...(row.org_id && { org: { id: row.org_id, name: row.org ?? '' } }),
    ...(row.note && { note: row.note }),
  }));
};

const KEYS = {
  indicator: Prisma.sql`c.indicator_code`,
  unit: Prisma.sql`c.org_id::text`,
  category: Prisma.sql`c.category`,
  channel: Prisma.sql`c.channel`,
};
const PERIODS = { day: 'YYYY-MM-DD', month: 'YYYY-MM', quarter: 'YYYY-"Q"Q', year: 'YYYY' };

/** How many complaints there were by indicator (or unit …) and period: a series, and the map of signals. */
export const countComplaints = async (
  db: Database,
  query: z.infer<typeof countQuery>,
  me: Me,
): Promise<z.infer<typeof countsSchema>> => {
  const where = [seen(me), ...within(query.from, query.until)];
  if (query.orgId) where.push(Prisma.sql`c.org_id = ${query.orgId}::uuid`);
  if (query.indicator) where.push(Prisma.sql`c.indicator_code = ${query.indicator}`);
  const rows = await db.$queryRaw<
    { key: string; name: string | null; period: string; complaints: number; solved: number; in_time: number }[]
  >(Prisma.sql`
    SELECT coalesce(${KEYS[query.by]}, '') AS key, ${query.by === 'unit' ? Prisma.sql`min(o.name)` : Prisma.sql`NULL`} AS name,
      to_char(c.received_at AT TIME ZONE 'Asia/Shanghai', ${PERIODS[query.grain]}) AS period, count(*)::int AS complaints,
      count(*) FILTER (WHERE c.state = 'solved')::int AS solved,
      count(*) FILTER (WHERE c.state = 'solved' AND c.solved_at <= c.due_at AND c.level = 'unit')::int AS in_time
    FROM ${from} WHERE ${Prisma.join(where, ' AND ')} GROUP BY 1, 3 ORDER BY 1, 3`);
  return {
    items: rows.map(({ in_time: inTime, name, ...row }) => ({ ...row, ...(name !== null && { name }), inTime })),
  };
};
