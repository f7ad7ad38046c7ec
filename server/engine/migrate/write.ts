import type { Json } from '../../../workflows/json.ts';
import type { Mapping } from '../../../workflows/machine/migrate.ts';
import { blockByKey } from '../../../workflows/machine/track.ts';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import type { Core } from '../core.ts';
import { wakeJobs } from '../jobs.ts';
import { placeOf } from '../project.ts';
import type { Queryable } from '../rows.ts';
import type { Job } from '../types.ts';
import { whence } from '../whence.ts';
import type { TaskNow, TimerNow } from './move.ts';
import type { CaseRow, Planned } from './plan.ts';

export interface Moving {
  id: string;
  to: CycleTemplate;
  mapping: Mapping;
  actor: string;
  cycleId: string;
}

/** What the record keeps of before a move, so that it can be taken back. */
export interface Before {
  snapshot: Json;
  place: { blocks: string[]; waits: string[]; phase: string | null };
  tasks: TaskNow[];
  timers: TimerNow[];
}

export async function write(core: Core, client: Queryable, one: Planned, moving: Moving, at: string): Promise<Job[]> {
  const { row, before, definition, tasks, timers, move } = one;
  if (!move) throw new Error('nothing to write');
  const { hash, logic } = await core.store.define(move.definition as unknown as Json);
  const kept: Before = {
    snapshot: JSON.parse(row.snapshot) as Json,
    place: placeOf(definition, before),
    tasks,
    timers,
  };
  const renamed = [...move.keys].filter(([old, key]) => old !== key);
  const record = { id: moving.id, from: row.definition, to: hash, mapping: moving.mapping };
  await put(client, row, {
    hash,
    snapshot: JSON.stringify(logic.persist(move.snapshot)),
    place: placeOf(move.definition, move.snapshot.context),
    tasks: move.tasks,
    timers: move.timers,
    renamed,
    event: { type: 'migrate', actor: moving.actor, body: { migrate: record, before: kept, renamed, events: [] } },
    at,
  });
  const going = move.timers.filter(({ frozenAt, parked }) => !frozenAt && !parked);
  const jobs = wakeJobs(
    going.map(({ dueAt }) => dueAt),
    at,
  );
  for (const [old, key] of move.keys) {
    const block = blockByKey(move.definition.template, key);
    if (old === key || (block?.type !== 'compute' && block?.type !== 'ballots')) continue;
    const round = move.snapshot.context.live[key]?.round ?? 0;
    jobs.push({ task: 'serve', payload: { caseId: row.id, block: key, round } });
  }
  return jobs;
}

export interface Put {
  hash: string;
  snapshot: string;
  place: Before['place'];
  tasks: readonly TaskNow[];
  timers: readonly TimerNow[];
  /** Live blocks with their new keys. */
  renamed: readonly (readonly [string, string])[];
  event: { type: string; actor: string; body: object };
  at: string;
}

/** Writes a case under a definition with its open tasks' dates and all its timers. */
export async function put(
  client: Queryable,
  { id, revision }: Pick<CaseRow, 'id' | 'revision'>,
  { hash, snapshot, place, tasks, timers, renamed, event, at }: Put,
): Promise<void> {
  await client.query(
    `UPDATE cases SET definition = $2, snapshot = $3, blocks = $4, waits = $5, phase = $6, revision = revision + 1, updated_at = $7 WHERE id = $1`,
    [id, hash, snapshot, place.blocks, place.waits, place.phase, at],
  );
  const { request, address } = whence();
  await client.query(
    'INSERT INTO case_events (case_id, seq, at, type, actor, body, request, address) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [id, revision + 1, at, event.type, event.actor, JSON.stringify(event.body), request, address],
  );
  await client.query(
    `UPDATE tasks t SET block = k.block, due_at = k.due, provisional = k.provisional
     FROM unnest($2::int[], $3::text[], $4::timestamptz[], $5::bool[]) AS k(seat, block, due, provisional) WHERE t.case_id = $1 AND t.seat = k.seat`,
    [
      id,
      tasks.map(({ seat }) => seat),
      tasks.map(({ block }) => block),
      tasks.map(({ dueAt }) => dueAt),
      tasks.map(({ provisional }) => provisional),
    ],
  );
  // A vacancy is filled by the name of its block.
  for (const [old, key] of renamed)
    await client.query(
      `UPDATE incidents SET detail = jsonb_set(detail::jsonb, '{event,block}', to_jsonb($3::text))::json
       WHERE case_id = $1 AND kind = 'vacancy' AND state = 'open' AND detail->'event'->>'block' = $2`,
      [id, old, key],
    );
  await client.query('DELETE FROM timers WHERE case_id = $1', [id]);
  await client.query(
    `INSERT INTO timers (case_id, scope, rung, due_at, event, provisional, opened_at, frozen_at, parked)
     SELECT $1, k.* FROM unnest($2::text[], $3::int[], $4::timestamptz[], $5::json[], $6::bool[], $7::timestamptz[], $8::timestamptz[], $9::bool[]) AS k`,
    [
      id,
      timers.map(({ scope }) => scope),
      timers.map(({ rung }) => rung),
      timers.map(({ dueAt }) => dueAt),
      timers.map(({ event: what }) => JSON.stringify(what)),
      timers.map(({ provisional }) => provisional),
      timers.map(({ openedAt }) => openedAt),
      timers.map(({ frozenAt }) => frozenAt),
      timers.map(({ parked }) => parked),
    ],
  );
}

export function announce(
  core: Core,
  cycleId: string,
  { id, org_id: orgId, status }: Pick<CaseRow, 'id' | 'org_id' | 'status'>,
  revision: number,
  at: string,
  actor: string,
  type: 'migrate' | 'unmigrate',
): void {
  core.cache.delete(id);
  const people = [actor];
  core.emit({ caseId: id, cycleId, orgId, revision, at, people, event: { type }, opened: [], closed: [], status });
}
