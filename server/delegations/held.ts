import { Prisma } from '../../prisma/client/client.ts';
import type { Grant } from '../../workflows/approval/delegation.ts';
import type { Me } from '../auth/me.ts';
import { handsOf } from '../auth/rules.ts';

/** The key of the template that `cases c` runs. */
const templateOf = Prisma.sql`coalesce((SELECT template_key FROM cycles WHERE id = c.cycle_id),
  (SELECT content->'template'->>'key' FROM definitions WHERE hash = c.definition))`;

/**
 * The open tasks that someone may act on now, as rows `(case_id, seat, person_id)`: the own ones, and those of whom they stand
 * in for. `person_id` is whose task it is; one that belongs to several such people comes several times.
 */
export const heldTasks = (me: Pick<Me, 'id' | 'standsIn'>): Prisma.Sql =>
  Prisma.join(handsOf(me).map(heldFor), ' UNION ALL ');

const heldBy = (person: string): Prisma.Sql =>
  Prisma.sql`SELECT case_id, seat, person_id FROM task_candidates WHERE person_id = ${person}::uuid`;

/** The same of one of them, within what was handed to one. */
export const heldFor = ({ person, scope }: Grant): Prisma.Sql =>
  scope === null
    ? heldBy(person)
    : Prisma.sql`SELECT k.case_id, k.seat, k.person_id
        FROM task_candidates k JOIN tasks w ON w.case_id = k.case_id AND w.seat = k.seat JOIN cases c ON c.id = k.case_id
        WHERE k.person_id = ${person}::uuid
          AND (${templateOf} = ANY(${scope}::text[]) OR ${templateOf} || '/' || w.block = ANY(${scope}::text[]))`;
