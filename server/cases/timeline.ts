import { Prisma } from '../../prisma/client/client.ts';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import type { Definition } from '../../workflows/machine/definition.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';
import type { Database } from '../http/deps.ts';
import { readAsides } from '../talk/asides.ts';
import { describeEvent } from './describe.ts';
import { blockName } from './names.ts';
import type { TimelineItem } from './schema.ts';

interface Row {
  seq: number;
  at: Date;
  type: string;
  actor: string | null;
  on_behalf_of: string | null;
  body: {
    migrate?: { from: string };
    events?: JsonObject[];
    asked?: JsonObject;
    start?: JsonObject;
    redates?: { tasks: Json[]; timers: Json[] };
  };
}

const redated = ({ body: { redates } }: Row): JsonObject =>
  redates ? { dates: redates.tasks.length + redates.timers.length } : {};

export interface Reading {
  caseId: string;
  template: CycleTemplate;
  hidden: ReadonlySet<string>;
  after: number;
  limit: number;
}

/** What happened to a case, in order, in words. What a value was before is found by reading from the start. */
export const readTimeline = async (db: Database, { caseId, template, hidden, after, limit }: Reading) => {
  const rows = await db.$queryRaw<Row[]>(Prisma.sql`
    SELECT seq, at, type, actor::text, on_behalf_of::text, body FROM case_events
    WHERE case_id = ${caseId}::uuid AND seq <= ${after + limit + 1} ORDER BY seq`);
  const seats = await db.task.findMany({ where: { caseId }, select: { seat: true, block: true } });
  const blockOf = new Map(seats.map(({ seat, block }) => [seat, block]));
  const nameOf = await readNames(db, rows);
  const fields = fieldNames(template);
  const versions = [template, ...(await earlierVersions(db, rows))];
  const before = new Map<string, Json>(Object.entries(startData(rows[0])));
  const items: TimelineItem[] = [];
  for (const row of rows.slice(0, after + limit)) {
    const event = row.body.events?.[0] ?? row.body.asked ?? redated(row);
    // What came from elsewhere is not somebody's change, but what is changed later was that before.
    if (isJsonObject(event.data) && row.type !== 'child')
      for (const [name, value] of Object.entries(event.data)) before.set(name, value);
    const changes = row.type === 'act' ? changesOf(event, before, fields, hidden) : [];
    if (row.seq <= after) continue;
    const block = blockKey(event, blockOf);
    const name = block === undefined ? undefined : nameIn(versions, block);
    const actor = nameOf(row.actor);
    const behalf = nameOf(row.on_behalf_of);
    items.push({
      seq: row.seq,
      at: row.at.toISOString(),
      type: row.type,
      ...(actor && { actor }),
      ...(behalf && { onBehalfOf: behalf }),
      ...(block !== undefined && name && { block, blockName: name }),
      ...(typeof event.action === 'string' && { action: event.action }),
      text: describeEvent(row.type, event, {
        actor: actor?.name,
        behalf: behalf?.name,
        block: name,
        to: nameOf(textOf(event.to))?.name,
      }),
      ...(typeof event.reason === 'string' && event.reason && { reason: event.reason }),
      ...(changes.length > 0 && { changes }),
    });
  }
  const [first] = rows.slice(after, after + limit);
  const next = rows[after + limit];
  const asides = first ? await readAsides(db, template, { caseId, from: first.at, to: next?.at ?? null }) : [];
  return { items: merge(items, asides), next: rows.length > after + limit ? String(after + limit) : null };
};

/** What the case ran before it was moved: blocks may have had other keys then. */
const earlierVersions = async (db: Database, rows: Row[]): Promise<CycleTemplate[]> => {
  const hashes = rows.flatMap(({ body }) => (body.migrate ? [body.migrate.from] : []));
  if (hashes.length === 0) return [];
  const found = await db.definition.findMany({ where: { hash: { in: hashes } } });
  return found.map(({ content }) => (content as unknown as Definition).template);
};

const nameIn = (versions: CycleTemplate[], key: string): Text =>
  blockName(versions.find((version) => blockByKey(version, key)) ?? (versions[0] as CycleTemplate), key);

/** Puts what was said beside the record after the event that it followed. */
const merge = (events: TimelineItem[], asides: Awaited<ReturnType<typeof readAsides>>): TimelineItem[] =>
  events.flatMap((event, i) => {
    const until = events[i + 1]?.at;
    const beside = asides.filter(({ at }) => at >= event.at && (until === undefined || at < until));
    return [event, ...beside.map((aside) => ({ ...aside, seq: event.seq }))];
  });

const startData = (row: Row | undefined): JsonObject =>
  isJsonObject(row?.body.start?.data) ? row.body.start.data : {};

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);

const blockKey = (event: JsonObject, blockOf: Map<number, string>): string | undefined => {
  // A return names the block that it goes to; what was acted on is the seat's.
  if (typeof event.seat === 'number') return blockOf.get(event.seat);
  return typeof event.block === 'string' ? event.block.replace(/~gather$/, '') : undefined;
};

const changesOf = (
  event: JsonObject,
  before: Map<string, Json>,
  fields: Map<string, Text>,
  hidden: ReadonlySet<string>,
) => {
  const values = isJsonObject(event.values) ? event.values : {};
  const was = isJsonObject(event.before) ? event.before : {};
  return Object.entries(values).flatMap(([field, to]) => {
    const from = was[field] ?? before.get(field) ?? null;
    before.set(field, to ?? null);
    if (hidden.has(field) || JSON.stringify(from) === JSON.stringify(to)) return [];
    return [{ field, fieldName: fields.get(field) ?? { zh: field, en: field }, from, to }];
  });
};

const fieldNames = (template: CycleTemplate): Map<string, Text> =>
  new Map(
    [...blocksOf(template)].flatMap(({ block }) =>
      block.type === 'task' || block.type === 'approval'
        ? (block.fields ?? []).map(({ key, name }) => [key, name] as const)
        : [],
    ),
  );

const readNames = async (db: Database, rows: Row[]) => {
  const ids = rows.flatMap(({ actor, on_behalf_of: behalf, body }) => [actor, behalf, textOf(body.events?.[0]?.to)]);
  const uuids = [...new Set(ids)].filter((id): id is string => id !== null && /^[0-9a-f-]{36}$/.test(id));
  const people = await db.person.findMany({ where: { id: { in: uuids } }, select: { id: true, name: true } });
  const names = new Map(people.map((person) => [person.id, person]));
  return (id: string | null) => (id === null ? undefined : names.get(id));
};
