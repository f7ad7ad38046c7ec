import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import { blockByKey, phaseOf } from '../../workflows/machine/track.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { allowed } from '../auth/sql.ts';
import type { Definitions } from '../cases/definitions.ts';
import { blockName } from '../cases/names.ts';
import { heldTasks } from '../delegations/held.ts';
import { readFinding } from '../findings/read.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { ItemDetail, ItemView, itemQuery } from './schema.ts';

type Link = NonNullable<ItemView['carriedFrom']>;

interface Row {
  id: string;
  code: string;
  cycle_id: string;
  cycle: string;
  org_id: string;
  org: string;
  source: ItemView['source'];
  finding_id: string | null;
  indicator_code: string | null;
  problem: string;
  measure: string | null;
  owner: string | null;
  due: string | null;
  state: ItemView['state'];
  overdue: boolean;
  case_id: string;
  block: string | null;
  unit_blocks: string[];
  unit_definition: string;
  item_case: string | null;
  item_blocks: string[] | null;
  item_definition: string | null;
  item_due: Date | null;
  carried_from: Link | null;
  carried_to: Link | null;
  public_answer: string | null;
  published_at: Date | null;
  opened_at: Date;
  ended_at: Date | null;
}

const link = (item: string) =>
  Prisma.raw(
    `json_build_object('id', ${item}.id, 'code', ${item}.code, 'state', ${item}.state, 'cycle', json_build_object('id', ${item}_y.id, 'name', ${item}_y.name))`,
  );

const columns = (
  today: string,
  now: Date,
) => Prisma.sql`r.id, r.code, r.cycle_id, y.name AS cycle, r.org_id, o.name AS org, r.source, r.finding_id, r.indicator_code,
  r.problem, r.measure, coalesce((SELECT p.name FROM people p WHERE p.id::text = r.owner), r.owner) AS owner, r.due::text AS due, r.state,
  ${itemOverdue(today, now)} AS overdue, r.case_id, r.block, u.blocks AS unit_blocks, u.definition AS unit_definition, k.id AS item_case, k.blocks AS item_blocks, k.definition AS item_definition, t.due_at AS item_due,
  CASE WHEN old.id IS NOT NULL THEN ${link('old')} END AS carried_from, CASE WHEN later.id IS NOT NULL THEN ${link('later')} END AS carried_to,
  r.public_answer, r.published_at, r.opened_at, r.ended_at`;

/** The case of an item that runs is the child of the unit's case, by the plan's repeat, that has the item's code. */
export const itemsFrom = Prisma.sql`rectification_items r JOIN cycles y ON y.id = r.cycle_id JOIN org_units o ON o.id = r.org_id
  JOIN cases u ON u.id = r.case_id
  LEFT JOIN LATERAL (
    SELECT c.id, c.blocks, c.definition FROM cases c
    WHERE c.id = r.item_case_id OR (r.state = 'open' AND r.item_case_id IS NULL AND c.parent_id = r.case_id AND c.kind = 'item' AND c.status <> 'cancelled'
      AND c.snapshot->'context'->'facts'->'parent'->>'block' = r.block
      AND coalesce(nullif(c.snapshot->'context'->'facts'->'item'->>'code', ''), 'U' || ((c.snapshot->'context'->'facts'->'parent'->>'index')::int + 1)) = r.code)
    ORDER BY c.started_at DESC LIMIT 1) k ON TRUE
  LEFT JOIN LATERAL (SELECT min(t.due_at) AS due_at FROM tasks t WHERE t.case_id = k.id AND t.state = 'open') t ON TRUE
  LEFT JOIN rectification_items old ON old.id = r.carried_from LEFT JOIN cycles old_y ON old_y.id = old.cycle_id
  LEFT JOIN rectification_items later ON later.carried_from = r.id LEFT JOIN cycles later_y ON later_y.id = later.cycle_id`;

/** Whether an item of `itemsFrom` is overdue. */
export const itemOverdue = (today: string, now: Date) =>
  Prisma.sql`(r.state = 'open' AND (coalesce(r.due < ${today}::date, false) OR coalesce(t.due_at < ${now}, false)))`;

const seen = (me: Me) => allowed(me, 'read', 'RectificationItem');

/** For whom the board is read, and when. */
export interface Reader {
  db: Database;
  me: Me;
  now: Date;
  /** The day in the city. */
  today: string;
  definitions: Definitions;
}

/** A page of the register, as far as the person may see it: those that are due first come first. */
export const listItems = async (
  { db, me, now, today, definitions }: Reader,
  query: z.infer<typeof itemQuery>,
): Promise<Page<ItemView>> => {
  const where = [seen(me)];
  if (query.q)
    where.push(
      Prisma.sql`(r.code || ' ' || r.problem || ' ' || coalesce(r.measure, '') || ' ' || o.name) ILIKE ${likePattern(query.q)}`,
    );
  if (query.cycleId) where.push(Prisma.sql`r.cycle_id = ${query.cycleId}::uuid`);
  if (query.orgId) where.push(Prisma.sql`r.org_id = ${query.orgId}::uuid`);
  if (query.state) where.push(Prisma.sql`r.state = ${query.state}`);
  if (query.source) where.push(Prisma.sql`r.source = ${query.source}`);
  if (query.indicator) where.push(Prisma.sql`r.indicator_code = ${query.indicator}`);
  if (query.overdue !== undefined) where.push(Prisma.sql`${itemOverdue(today, now)} = ${query.overdue}`);
  const sorts = {
    due: { by: Prisma.sql`coalesce(r.due, 'infinity')::timestamptz`, type: 'timestamptz' as const },
    openedAt: { by: Prisma.sql`r.opened_at`, type: 'timestamptz' as const },
    code: { by: Prisma.sql`r.code`, type: 'text' as const },
  };
  const spec = { columns: columns(today, now), from: itemsFrom, where, sorts, sort: 'due', id: Prisma.sql`r.id::text` };
  const page = await readPage<Row>(db, spec, query);
  return { ...page, items: await presentAll({ db, me, definitions }, page.items) };
};

type Presenter = Pick<Reader, 'db' | 'me' | 'definitions'>;

const presentAll = async (reader: Presenter, rows: readonly Row[]): Promise<ItemView[]> => {
  const definitionOf = await reader.definitions.read(
    rows.flatMap(({ item_definition: item, unit_definition: unit }) => (item ? [item, unit] : [unit])),
  );
  const templateOf = (hash: string) => definitionOf(hash).template;
  const tasks = await ownTasks(reader, rows);
  return rows.map((row) => {
    const { item_case: caseId, item_definition: hash } = row;
    const at = (row.item_blocks ?? []).map(
      (key): Text => (hash ? blockName(templateOf(hash), key) : { zh: key, en: key }),
    );
    const stage = stageOf(row, templateOf);
    const task = tasks.find((one) => isAbout(one, row, templateOf));
    return {
      id: row.id,
      code: row.code,
      cycle: { id: row.cycle_id, name: row.cycle },
      org: { id: row.org_id, name: row.org },
      source: row.source,
      ...(row.finding_id && { findingId: row.finding_id }),
      ...(row.indicator_code && { indicator: row.indicator_code }),
      problem: row.problem,
      ...(row.measure && { measure: row.measure }),
      ...(row.owner && { owner: row.owner }),
      ...(row.due && { due: row.due }),
      state: row.state,
      stage,
      ...(task && { task: task.id }),
      overdue: row.overdue,
      case: { id: row.case_id },
      ...(caseId && { itemCase: { id: caseId, at, ...(row.item_due && { dueAt: row.item_due.toISOString() }) } }),
      ...(row.carried_from && { carriedFrom: row.carried_from }),
      ...(row.carried_to && { carriedTo: row.carried_to }),
      ...(row.public_answer && { publicAnswer: row.public_answer }),
      ...(row.published_at && { publishedAt: row.published_at.toISOString() }),
      openedAt: row.opened_at.toISOString(),
      ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
    };
  });
};

type TemplateOf = (hash: string) => CycleTemplate;

/** How far an item is: planned, the plan reviewed, worked on, verified by others, and then closed or carried over. */
const stageOf = (row: Row, templateOf: TemplateOf): ItemView['stage'] => {
  if (row.state !== 'open') return row.state;
  const { item_case: item, item_blocks: blocks, item_definition: hash } = row;
  if (item && hash) return approvedIn(templateOf(hash), blocks ?? []) ? 'verify' : 'work';
  const template = templateOf(row.unit_definition);
  const own = row.unit_blocks.filter(
    (key) => row.block !== null && phaseOf(template, key) === phaseOf(template, row.block),
  );
  return approvedIn(template, own) ? 'review' : 'plan';
};

const approvedIn = (template: CycleTemplate, blocks: readonly string[]): boolean =>
  blocks.some((key) => blockByKey(template, key)?.type === 'approval');

interface OwnTask {
  id: string;
  case_id: string;
  block: string;
}

/** The open tasks of whoever asks in the cases of these items. */
const ownTasks = ({ db, me }: Presenter, rows: readonly Row[]): Promise<OwnTask[]> => {
  const cases = [...new Set(rows.flatMap(({ case_id, item_case }) => (item_case ? [item_case, case_id] : [case_id])))];
  return db.$queryRaw<OwnTask[]>(Prisma.sql`
    SELECT t.case_id || '.' || t.seat AS id, t.case_id, t.block FROM tasks t
    WHERE t.case_id = ANY(${cases}::uuid[]) AND t.state = 'open'
      AND EXISTS (SELECT FROM (${heldTasks(me)}) held WHERE held.case_id = t.case_id AND held.seat = t.seat) ORDER BY t.opened_at`);
};

/** Whether a task is about an item: of its own case, or of the unit's in the phase of its plan. */
const isAbout = ({ case_id, block }: OwnTask, row: Row, templateOf: TemplateOf): boolean => {
  if (row.item_case) return case_id === row.item_case;
  if (case_id !== row.case_id || row.block === null) return false;
  const template = templateOf(row.unit_definition);
  return phaseOf(template, block) === phaseOf(template, row.block);
};

/** One item with its line: from where it comes to how it ended, and through which cycles it went. */
export const readItem = async (reader: Reader, id: string): Promise<ItemDetail> => {
  const { db, me, now, today, definitions } = reader;
  const rows = await db.$queryRaw<Row[]>(
    Prisma.sql`SELECT ${columns(today, now)} FROM ${itemsFrom} WHERE r.id = ${id}::uuid AND ${seen(me)}`,
  );
  const [item] = await presentAll(reader, rows);
  if (!item) throw problem('rectification.unknown');
  const finding = item.findingId === undefined ? undefined : await readFinding(db, item.findingId, me);
  const origin = finding?.sourceId === undefined ? undefined : await readOrigin(db, finding.source, finding.sourceId);
  return {
    ...item,
    ...(finding && { finding }),
    ...(origin && { origin }),
    former: await readFormer(db, id),
    acts: item.itemCase ? await readActs(db, item.itemCase.id, definitions) : [],
  };
};

/** What the finding comes from, in its own words. */
const readOrigin = async (db: Database, kind: string, id: string): Promise<ItemDetail['origin']> => {
  const [row] = await db.$queryRaw<{ text: string }[]>(Prisma.sql`
    SELECT title AS text FROM inspections WHERE id = ${id}::uuid
    UNION ALL SELECT remark FROM observations WHERE id = ${id}::uuid
    UNION ALL SELECT text FROM complaints WHERE id = ${id}::uuid
    UNION ALL SELECT title FROM improvement_goals WHERE id = ${id}::uuid`);
  return row && { kind, id, text: row.text };
};

const readFormer = (db: Database, id: string): Promise<Link[]> =>
  db
    .$queryRaw<{ link: Link }[]>(Prisma.sql`
    WITH RECURSIVE line AS (
      SELECT old.*, 1 AS back FROM rectification_items r JOIN rectification_items old ON old.id = r.carried_from WHERE r.id = ${id}::uuid
      UNION ALL SELECT old.*, line.back + 1 FROM line JOIN rectification_items old ON old.id = line.carried_from WHERE line.back < 50
    ) SELECT ${link('line')} AS link FROM line JOIN cycles line_y ON line_y.id = line.cycle_id ORDER BY line.back`)
    .then((rows) => rows.map((row) => row.link));

/** Who did what in the item's own case. */
const readActs = async (db: Database, caseId: string, definitions: Definitions): Promise<ItemDetail['acts']> => {
  const rows = await db.$queryRaw<
    {
      at: Date;
      block: string;
      action: string;
      id: string | null;
      name: string | null;
      reason: string | null;
      definition: string;
    }[]
  >(Prisma.sql`
    SELECT e.at, t.block, e.body->'events'->0->>'action' AS action, p.id, p.name, e.body->'events'->0->>'reason' AS reason, c.definition
    FROM case_events e JOIN cases c ON c.id = e.case_id JOIN tasks t ON t.case_id = e.case_id AND t.seat = (e.body->'events'->0->>'seat')::int
      LEFT JOIN people p ON p.id = e.actor
    WHERE e.case_id = ${caseId}::uuid AND e.type = 'act' ORDER BY e.seq`);
  const definitionOf = await definitions.read(rows.map(({ definition }) => definition));
  return rows.map((row) => ({
    at: row.at.toISOString(),
    block: blockName(definitionOf(row.definition).template, row.block),
    action: row.action,
    ...(row.id && { by: { id: row.id, name: row.name ?? '' } }),
    ...(row.reason && { reason: row.reason }),
  }));
};
