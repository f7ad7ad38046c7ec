import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import { codeOf } from './record.ts';
import type { FindingView, findingQuery, InspectionView, inspectionQuery } from './schema.ts';

interface Row {
  id: string;
  number: number;
  cycle_id: string;
  cycle: string;
  org_id: string;
  org: string;
  source: FindingView['source'];
  source_id: string | null;
  indicator_code: string | null;
  severity: FindingView['severity'];
  what: string;
  advice: string | null;
  state: FindingView['state'];
  found_by: string;
  finder: string;
  found_at: Date;
  closed_by: string | null;
  closer: string | null;
  closed_at: Date | null;
  close_reason: string | null;
  item_id: string | null;
  item_state: string | null;
}

const columns = Prisma.sql`f.*, y.name AS cycle, o.name AS org, p.name AS finder, q.name AS closer, i.id AS item_id, i.state AS item_state`;
const from = Prisma.sql`findings f JOIN cycles y ON y.id = f.cycle_id JOIN org_units o ON o.id = f.org_id JOIN people p ON p.id = f.found_by
  LEFT JOIN people q ON q.id = f.closed_by
  LEFT JOIN LATERAL (SELECT r.id, r.state FROM rectification_items r WHERE r.finding_id = f.id ORDER BY r.opened_at DESC, r.id DESC LIMIT 1) i ON TRUE`;

const seen = (me: Me) => allowed(me, 'read', 'Finding');

/** A page of findings that the person may see, the latest first. */
export const listFindings = async (
  db: Database,
  query: z.infer<typeof findingQuery>,
  me: Me,
  more: Prisma.Sql[] = [],
): Promise<Page<FindingView>> => {
  const where = [seen(me), ...more];
  if (query.q)
    where.push(Prisma.sql`(f.what || ' ' || coalesce(f.advice, '') || ' ' || o.name) ILIKE ${likePattern(query.q)}`);
  if (query.cycleId) where.push(Prisma.sql`f.cycle_id = ${query.cycleId}::uuid`);
  if (query.orgId) where.push(Prisma.sql`f.org_id = ${query.orgId}::uuid`);
  if (query.state) where.push(Prisma.sql`f.state = ${query.state}`);
  if (query.source) where.push(Prisma.sql`f.source = ${query.source}`);
  if (query.severity) where.push(Prisma.sql`f.severity = ${query.severity}`);
  if (query.indicator) where.push(Prisma.sql`f.indicator_code = ${query.indicator}`);
  const sorts = {
    foundAt: { by: Prisma.sql`f.found_at`, type: 'timestamptz' as const },
    number: { by: Prisma.sql`f.number`, type: 'int' as const },
  };
  const page = await readPage<Row>(
    db,
    { columns, from, where, sorts, sort: '-foundAt', id: Prisma.sql`f.id::text` },
    query,
  );
  return { ...page, items: await presentAll(db, page.items, me) };
};

/** One finding that the person may see, or `finding.unknown`. */
export const readFinding = async (db: Database, id: string, me: Me): Promise<FindingView> => {
  const rows = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columns} FROM ${from} WHERE f.id = ${id}::uuid AND ${seen(me)}`,
  );
  const [finding] = await presentAll(db, rows, me);
  if (!finding) throw problem('finding.unknown');
  return finding;
};

const presentAll = async (db: Database, rows: readonly Row[], me: Me): Promise<FindingView[]> => {
  const files = await readFiles(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => ({
    id: row.id,
    code: codeOf(row.number),
    cycle: { id: row.cycle_id, name: row.cycle },
    org: { id: row.org_id, name: row.org },
    source: row.source,
    ...(row.source_id && { sourceId: row.source_id }),
    ...(row.indicator_code && { indicator: row.indicator_code }),
    severity: row.severity,
    what: row.what,
    ...(row.advice && { advice: row.advice }),
    state: row.state,
    foundBy: { id: row.found_by, name: row.finder },
    foundAt: row.found_at.toISOString(),
    ...(row.closed_at && { closedAt: row.closed_at.toISOString() }),
    ...(row.closed_by && { closedBy: { id: row.closed_by, name: row.closer ?? '' } }),
    ...(row.close_reason && { closeReason: row.close_reason }),
    ...(row.item_id && { item: { id: row.item_id, state: row.item_state ?? '' } }),
    files: files.get(row.id) ?? [],
    can:
      may(me, 'findings.write') && row.state !== 'closed'
        ? ['addFile', ...(row.state === 'open' ? ['close'] : [])]
        : [],
  }));
};

const readFiles = async (db: Database, ids: string[]): Promise<Map<string, FindingView['files']>> => {
  const rows = await db.findingFile.findMany({
    where: { findingId: { in: ids } },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
  });
  const people = await db.person.findMany({
    where: { id: { in: [...new Set(rows.map(({ uploadedBy }) => uploadedBy))] } },
    select: { id: true, name: true },
  });
  const names = new Map(people.map((person) => [person.id, person.name]));
  const found = new Map<string, FindingView['files']>();
  for (const { findingId, id, name, mime, size, sha256, at, uploadedBy } of rows)
    found.set(findingId, [
      ...(found.get(findingId) ?? []),
      {
        id,
        name,
        mime,
        size,
        sha256,
        at: at.toISOString(),
        uploadedBy: { id: uploadedBy, name: names.get(uploadedBy) ?? '' },
      },
    ]);
  return found;
};

interface InspectionRow {
  id: string;
  cycle_id: string;
  cycle: string;
  cycle_status: string;
  org_id: string;
  org: string;
  title: string;
  day: string;
  inspectors: string;
  made_by: string;
  maker: string;
  at: Date;
  open: number;
  rectifying: number;
  closed: number;
}

const inspectionColumns = Prisma.sql`v.id, v.cycle_id, y.name AS cycle, y.status AS cycle_status, v.org_id, o.name AS org, v.title, v.day::text AS day,
  v.inspectors, v.made_by, p.name AS maker, v.at, n.open, n.rectifying, n.closed`;
const inspectionFrom = Prisma.sql`inspections v JOIN cycles y ON y.id = v.cycle_id JOIN org_units o ON o.id = v.org_id JOIN people p ON p.id = v.made_by
  CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE f.state = 'open')::int AS open, count(*) FILTER (WHERE f.state = 'rectifying')::int AS rectifying,
    count(*) FILTER (WHERE f.state = 'closed')::int AS closed FROM findings f WHERE f.source_id = v.id) n`;
const inspectionSeen = (me: Me) => allowed(me, 'read', 'Inspection');

/** A page of inspections, the latest first. */
export const listInspections = async (
  db: Database,
  query: z.infer<typeof inspectionQuery>,
  me: Me,
): Promise<Page<InspectionView>> => {
  const where = [inspectionSeen(me)];
  if (query.q) where.push(Prisma.sql`(v.title || ' ' || o.name || ' ' || v.inspectors) ILIKE ${likePattern(query.q)}`);
  if (query.cycleId) where.push(Prisma.sql`v.cycle_id = ${query.cycleId}::uuid`);
  if (query.orgId) where.push(Prisma.sql`v.org_id = ${query.orgId}::uuid`);
  const sorts = { day: { by: Prisma.sql`v.day::timestamptz`, type: 'timestamptz' as const } };
  const page = await readPage<InspectionRow>(
    db,
    { columns: inspectionColumns, from: inspectionFrom, where, sorts, sort: '-day', id: Prisma.sql`v.id::text` },
    query,
  );
  return { ...page, items: page.items.map((row) => presentInspection(row, me)) };
};

/** One inspection, or `inspection.unknown`. */
export const readInspection = async (db: Database, id: string, me: Me): Promise<InspectionView> => {
  const rows = await db.$queryRaw<InspectionRow[]>(
    Prisma.sql`SELECT ${inspectionColumns} FROM ${inspectionFrom} WHERE v.id = ${id}::uuid AND ${inspectionSeen(me)}`,
  );
  if (!rows[0]) throw problem('inspection.unknown');
  return presentInspection(rows[0], me);
};

const presentInspection = (row: InspectionRow, me: Me): InspectionView => ({
  id: row.id,
  cycle: { id: row.cycle_id, name: row.cycle },
  org: { id: row.org_id, name: row.org },
  title: row.title,
  day: row.day,
  inspectors: row.inspectors,
  madeBy: { id: row.made_by, name: row.maker },
  at: row.at.toISOString(),
  findings: { open: row.open, rectifying: row.rectifying, closed: row.closed },
  can:
    may(me, 'findings.write') && ['launching', 'running', 'suspended'].includes(row.cycle_status) ? ['addFinding'] : [],
});
