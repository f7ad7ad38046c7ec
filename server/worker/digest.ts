import type pg from 'pg';
import { standInsFor } from '../../workflows/approval/delegation.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { transaction } from '../db/transaction.ts';
import { openDelegations } from '../delegations/open.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { uuidOf } from '../engine/logic.ts';
import { composeDigest, type DigestTask } from '../mail/compose.ts';
import { type NewMail, queueMails } from '../mail/queue.ts';
import { languageOf } from './tell.ts';

export interface DigestOptions {
  pool: pg.Pool;
  directory: LiveDirectory;
  clock: { now(): Date };
  /** Where links lead. */
  links: string;
}

interface Row {
  case_id: string;
  seat: number;
  block: string;
  due_at: Date | null;
  title: string;
  definition: string;
  people: string[];
}

const AT_ONCE = 1000;

/**
 * Mails everyone what was put on their desk since the last time: one mail a person, however many tasks. A task is marked in
 * the transaction that queues its mails, so nobody is told twice.
 * @returns how many mails were queued
 */
export async function digest(options: DigestOptions): Promise<number> {
  const { pool } = options;
  let queued = 0;
  for (;;) {
    const { mails, tasks } = await transaction(pool, (client) => digestSome(client, options));
    queued += mails;
    if (tasks < AT_ONCE) return queued;
  }
}

async function digestSome(
  client: pg.PoolClient,
  { directory, clock, links }: DigestOptions,
): Promise<{ mails: number; tasks: number }> {
  // Open tasks are found by their candidates: tasks themselves have no index but their key.
  const { rows } = await client.query<Row>(
    `WITH fresh AS (
       SELECT t.case_id, t.seat, t.block, t.due_at, c.title, c.definition, array_agg(k.person_id::text) AS people
       FROM task_candidates k JOIN tasks t USING (case_id, seat) JOIN cases c ON c.id = t.case_id
       WHERE t.state = 'open' AND NOT t.told AND c.status = 'active' GROUP BY t.case_id, t.seat, c.id LIMIT $1
     ), marked AS (
       UPDATE tasks t SET told = true FROM fresh f WHERE t.case_id = f.case_id AND t.seat = f.seat AND NOT t.told RETURNING t.case_id, t.seat
     ) SELECT f.* FROM fresh f JOIN marked USING (case_id, seat) ORDER BY f.due_at NULLS LAST, f.title, f.seat`,
    [AT_ONCE],
  );
  const definitions = await templatesOf(client, rows);
  const now = clock.now();
  const open = await openDelegations(client, now);
  const { people } = directory.data();
  const desks = new Map<string, { tasks: DigestTask[]; ids: string[] }>();
  for (const row of rows) {
    const template = definitions.get(row.definition);
    const task: DigestTask = {
      title: row.title,
      block: (template && blockByKey(template, row.block)?.name) ?? { zh: row.block, en: row.block },
      dueAt: row.due_at,
      link: `${links}/#/tasks/${row.case_id}.${row.seat}`,
    };
    const put = (person: string, forWhom?: string) => {
      const desk = desks.get(person) ?? { tasks: [], ids: [] };
      desk.tasks.push(forWhom === undefined ? task : { ...task, forWhom });
      desk.ids.push(`${row.case_id}.${row.seat}`);
      desks.set(person, desk);
    };
    for (const person of row.people) put(person);
    const others = new Map(
      row.people.flatMap((person) =>
        standInsFor(open, person, { template: template?.key ?? '', block: row.block }, now)
          .filter((standIn) => !row.people.includes(standIn))
          .map((standIn) => [standIn, people.get(person)?.name ?? ''] as const),
      ),
    );
    for (const [standIn, forWhom] of others) put(standIn, forWhom);
  }
  const mails = [...desks].flatMap(([id, { tasks, ids }]): NewMail[] => {
    const person = people.get(id);
    if (!person?.email) return [];
    const reader = { name: person.name, language: languageOf(person.language) };
    return [
      { id: uuidOf('digest', id, ...ids), to: person.email, ...composeDigest(reader, tasks, `${links}/#/inbox`) },
    ];
  });
  await queueMails(client, mails, clock.now());
  return { mails: mails.length, tasks: rows.length };
}

async function templatesOf(client: pg.PoolClient, rows: readonly Row[]) {
  const hashes = [...new Set(rows.map((row) => row.definition))];
  const found = await client.query<{ hash: string; content: { template?: CycleTemplate } }>(
    'SELECT hash, content FROM definitions WHERE hash = ANY($1)',
    [hashes],
  );
  return new Map(found.rows.map(({ hash, content }) => [hash, content.template]));
}
