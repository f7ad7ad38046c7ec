import type pg from 'pg';
import { standInsFor } from '../../workflows/approval/delegation.ts';
import type { JsonObject } from '../../workflows/json.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { Rung } from '../../workflows/template/when.ts';
import type { Language, Text } from '../../workflows/text.ts';
import { transaction } from '../db/transaction.ts';
import { openDelegations } from '../delegations/open.ts';
import type { LiveDirectory } from '../directory/directory.ts';
import { uuidOf } from '../engine/logic.ts';
import type { Engine, Job } from '../engine/types.ts';
import { ProblemError } from '../http/problem.ts';
import { composeNotice } from '../mail/compose.ts';
import { queueMails } from '../mail/queue.ts';
import { ladderNotice } from './ladderTexts.ts';

export type Told = Extract<Job, { task: 'tell' }>['payload'];

export interface TellOptions {
  pool: pg.Pool;
  engine: Pick<Engine, 'read'>;
  directory: LiveDirectory;
  clock: { now(): Date };
  /** Where links lead; null: there is no mail, people are told inside only. */
  mailLinks: string | null;
}

/** Tells people something, once: a notice each, and a mail to those who have an address. */
export async function tell(options: TellOptions, told: Told): Promise<void> {
  const { pool, directory, clock, mailLinks } = options;
  const notice = told.message ?? (await aboutTask(options, told));
  if (!notice) return;
  const { people } = directory.data();
  const readers = told.everyone
    ? await headsOf(options, told)
    : (await withStandIns(options, told)).map((person) => ({ person, caseId: told.caseId }));
  const rows = readers.map((reader) => ({ id: uuidOf(told.id, reader.person), ...reader }));
  await transaction(pool, async (client) => {
    await client.query(
      `INSERT INTO notices (id, person_id, case_id, seat, at, kind, subject, body)
       SELECT n.id, n.person, n.case_id, $4, $5, $6, $7, $8 FROM unnest($1::text[], $2::uuid[], $3::uuid[]) AS n(id, person, case_id)
       ON CONFLICT (id) DO NOTHING`,
      [
        rows.map(({ id }) => id),
        rows.map(({ person }) => person),
        rows.map((row) => row.caseId),
        told.seat,
        told.at,
        told.kind,
        JSON.stringify(notice.subject),
        JSON.stringify(notice.body),
      ],
    );
    await wake(
      client,
      told.caseId,
      rows.map(({ person }) => person),
    );
    if (mailLinks === null) return;
    const mails = rows.flatMap(({ id, person, caseId }) => {
      const known = people.get(person);
      if (!known?.email) return [];
      const reader = { name: known.name, language: languageOf(known.language) };
      return [
        { id, to: known.email, ...composeNotice(reader, notice, `${mailLinks}/#${pageOf({ ...told, caseId })}`) },
      ];
    });
    await queueMails(client, mails, clock.now());
  });
}

/** The page that a notice leads to. */
const pageOf = ({ kind, caseId, seat }: Told): string => {
  if (kind === 'ballots') return '/ballots';
  // It goes to a unit that does not see the other's case.
  if (kind === 'owner') return '/';
  return seat === null ? `/cases/${caseId}` : `/tasks/${caseId}.${seat}`;
};

/** The heads of the units that take part in the cycle of a case, each with the unit's own. */
async function headsOf(
  { pool, directory }: TellOptions,
  { caseId }: Told,
): Promise<{ person: string; caseId: string }[]> {
  const { rows } = await pool.query<{ orgId: string; caseId: string }>(
    `SELECT p.org_id AS "orgId", p.case_id AS "caseId" FROM cases c JOIN cycle_participants p ON p.cycle_id = c.cycle_id
     WHERE c.id = $1 AND p.case_id IS NOT NULL ORDER BY p.case_id`,
    [caseId],
  );
  const { orgs } = directory.data();
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const person = orgs.get(row.orgId)?.headId;
    if (!person || seen.has(person)) return [];
    seen.add(person);
    return [{ person, caseId: row.caseId }];
  });
}

/** Whom it tells, and whoever stands in for those of them who hold a task of the case. */
async function withStandIns(
  { pool, engine, clock }: TellOptions,
  { people, caseId, seat, block }: Told,
): Promise<string[]> {
  const now = clock.now();
  const open = seat === null ? [] : await openDelegations(pool, now);
  if (open.length === 0) return people;
  const { definition } = await engine.read(caseId);
  const holders = await pool.query<{ id: string }>(
    'SELECT DISTINCT person_id::text AS id FROM task_candidates WHERE case_id = $1 AND person_id = ANY($2::uuid[])',
    [caseId, people],
  );
  const work = { template: definition.template.key, block };
  return [...new Set([...people, ...holders.rows.flatMap(({ id }) => standInsFor(open, id, work, now))])];
}

/** So many people fit into one message of the channel. */
const AT_ONCE = 150;

/** Tells the pages that are open, once this is committed, that there is something new to read. */
async function wake(client: { query: pg.Pool['query'] }, caseId: string, people: readonly string[]): Promise<void> {
  for (let i = 0; i < people.length; i += AT_ONCE)
    await client.query(
      `SELECT pg_notify('bihuan', json_build_object('caseId', id, 'revision', revision, 'people', $2::text[])::text) FROM cases WHERE id = $1`,
      [caseId, people.slice(i, i + AT_ONCE)],
    );
}

export const languageOf = (language: string): Language => (language === 'en' ? 'en' : 'zh');

/** The text for a rung of the ladder; null when the case it is about is not there. */
async function aboutTask(
  { pool, engine }: TellOptions,
  { id, caseId, seat, kind, block: key }: Told,
): Promise<{ subject: Text; body: Text } | null> {
  const found = await engine.read(caseId).catch((error: unknown) => {
    if (error instanceof ProblemError && error.id === 'case.unknown') return null;
    throw error;
  });
  if (!found) return null;
  const block = blockByKey(found.definition.template, key);
  const task = await pool.query<{ due_at: Date | null }>('SELECT due_at FROM tasks WHERE case_id = $1 AND seat = $2', [
    caseId,
    seat,
  ]);
  // The job's id names the event that it comes from: `<case>/<seq>/<n>`.
  const event = await pool.query<{ event: JsonObject }>(
    `SELECT body->'events'->0 AS event FROM case_events WHERE case_id = $1 AND seq = $2`,
    [caseId, Number(id.split('/')[1])],
  );
  const rungs: readonly Rung[] = block && 'escalate' in block ? (block.escalate ?? []) : [];
  const rung = rungs[Number(event.rows[0]?.event.rung)];
  const dueAt = kind === 'copy' ? null : (task.rows[0]?.due_at ?? null);
  return ladderNotice({ kind, title: found.title, block: block?.name ?? { zh: key, en: key }, dueAt, rung });
}
