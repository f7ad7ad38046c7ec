import { rulesToAST } from '@casl/ability/extra';
import { Prisma } from '../../prisma/client/client.ts';
import type { Grant } from '../../workflows/approval/delegation.ts';
import { heldFor } from '../delegations/held.ts';
import type { Holder } from './me.ts';
import { type Action, policyOf, type Subject } from './rules.ts';

/** What a rule says of a row: `row` is the alias of its table. */
type Say = (row: Prisma.Sql, value: never) => Prisma.Sql;

/** The alias that queries give the table of a subject, unless they say another. */
const ALIASES: Record<Exclude<Subject, 'Notice' | 'Phrase'>, string> = {
  AbnormalFlag: 'f',
  Adjustment: 'a',
  Case: 'c',
  Complaint: 'c',
  Copy: 'k',
  CycleIndicator: 'c',
  Delegation: 'd',
  Evidence: 'e',
  Finding: 'f',
  IndicatorHistory: 'h',
  Inspection: 'v',
  Light: 'l',
  ObservationPoint: 'p',
  RectificationItem: 'r',
  Task: 't',
  Template: 't',
  Warning: 'w',
};

const held = (hands: readonly Grant[]): Prisma.Sql => Prisma.join(hands.map(heldFor), ' UNION ALL ');

/** What rules know of a row beside its columns. */
const RELATIONS: Partial<Record<Subject, Record<string, Say>>> = {
  Case: {
    heldBy: (row, hands: Grant[]) => Prisma.sql`${row}.id IN (SELECT held.case_id FROM (${held(hands)}) held)`,
    actedBy: (row, person: string) =>
      Prisma.sql`${row}.id IN (SELECT case_id FROM case_events WHERE actor = ${person}::uuid AND type = 'act')`,
    actedFor: (row, person: string) =>
      Prisma.sql`${row}.id IN (SELECT case_id FROM case_events WHERE on_behalf_of = ${person}::uuid)`,
    copiedTo: (row, person: string) =>
      Prisma.sql`${row}.id IN (SELECT case_id FROM copies WHERE person_id = ${person}::uuid)`,
    mentions: (row, person: string) =>
      Prisma.sql`${row}.id IN (SELECT k.case_id FROM comment_mentions m JOIN comments k ON k.id = m.comment_id
        WHERE m.person_id = ${person}::uuid AND k.withdrawn_at IS NULL)`,
    headId: (row, person: string) =>
      Prisma.sql`EXISTS (SELECT FROM org_units u WHERE u.id = ${row}.org_id AND u.head_id = ${person}::uuid)`,
    initiator: (row, person: string) =>
      Prisma.sql`coalesce(${row}.snapshot->'context'->>'initiator' = ${person}, false)`,
  },
  Task: {
    heldBy: (row, hands: Grant[]) =>
      Prisma.sql`EXISTS (SELECT FROM (${held(hands)}) held WHERE held.case_id = ${row}.case_id AND held.seat = ${row}.seat)`,
  },
  ObservationPoint: {
    observedBy: (row, person: string) =>
      Prisma.sql`EXISTS (SELECT FROM observers w WHERE w.point_id = ${row}.id AND w.person_id = ${person}::uuid)`,
  },
};

/**
 * The rows that someone may see, or do something with, as a condition of a query in SQL: the same rules that Prisma's queries get by
 * `accessible`.
 *
 * @example
 * Prisma.sql`SELECT c.id FROM cases c WHERE ${allowed(me, 'read', 'Case')}`
 */
export const allowed = (
  me: Holder,
  action: Action,
  subject: keyof typeof ALIASES,
  alias: string = ALIASES[subject],
): Prisma.Sql => {
  const rules = rulesToAST(policyOf(me), action, subject as never);
  return rules === null ? Prisma.sql`FALSE` : translate(rules, subject, Prisma.raw(alias));
};

/** A rule taken apart: conditions on fields, joined by `and` and `or`. */
type Condition = Pick<NonNullable<ReturnType<typeof rulesToAST>>, 'operator' | 'value'> & { field?: string };

const translate = ({ operator, value, field }: Condition, subject: Subject, row: Prisma.Sql): Prisma.Sql => {
  if (field !== undefined) {
    const relation = RELATIONS[subject]?.[field];
    return relation ? relation(row, value as never) : compare(row, field, operator, value);
  }
  if (operator !== 'and' && operator !== 'or') throw new Error(`a rule that SQL has no words for: ${operator}`);
  const parts = (value as Condition[]).map((part) => translate(part, subject, row));
  if (parts.length === 0) return Prisma.sql`TRUE`;
  return Prisma.sql`(${Prisma.join(parts, operator === 'and' ? ' AND ' : ' OR ')})`;
};

/** A column against a value. */
const compare = (row: Prisma.Sql, field: string, operator: string, value: unknown): Prisma.Sql => {
  const column = Prisma.sql`${row}.${Prisma.raw(field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))}`;
  const type = Prisma.raw(/(Id|Ids|By)$/.test(field) ? 'uuid' : typeof value === 'number' ? 'int' : 'text');
  switch (operator) {
    case 'equals':
      return Prisma.sql`${column} = ${value}::${type}`;
    case 'notEquals':
      return value === null ? Prisma.sql`${column} IS NOT NULL` : Prisma.sql`${column} <> ${value}::${type}`;
    case 'in':
      return Prisma.sql`${column} = ANY(${value}::${type}[])`;
    case 'hasSome':
      return Prisma.sql`${column} && ${value}::${type}[]`;
    case 'lte':
      return Prisma.sql`${column} <= ${value}::${type}`;
    default:
      throw new Error(`a rule that SQL has no words for: ${operator}`);
  }
};
