import type { z } from 'zod';
import { groupOf } from '../../workflows/ballots/groups.ts';
import type { Cast } from '../../workflows/ballots/sheet.ts';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { Text } from '../../workflows/text.ts';
import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';
import { readGoals, type UnitGoals } from './goals.ts';
import type { sheetRowSchema, sheetSchema } from './schema.ts';
import { readSheet, type SheetState, TAKES_BALLOTS } from './sheet.ts';
import { templateOf } from './template.ts';

type SheetRow = z.infer<typeof sheetRowSchema>;

interface Row {
  id: string;
  round: string;
  cycle_id: string;
  cycle_name: string;
  block: string;
  group_key: string;
  layer: string | null;
  state: SheetState;
  expected: number;
  draft: Cast[] | null;
  spoilt: Text[] | null;
  closes_at: Date | null;
  open: boolean;
  definition: string;
}

/** When the block of a round `r` ends, as its timer says; null when nothing is set. */
export const CLOSES_AT = `(SELECT min(t.due_at) FROM timers t WHERE t.case_id = r.case_id AND t.scope = r.block || '#' || r.round)`;

const ROWS = `SELECT s.id, s.round_id AS round, r.cycle_id, y.name AS cycle_name, r.block, s.group_key, s.layer, s.state, s.expected, s.draft,
    s.spoilt, ${CLOSES_AT} AS closes_at, NOT s.closed AND ${TAKES_BALLOTS} AS open, c.definition
  FROM ballot_sheets s JOIN ballot_rounds r ON r.id = s.round_id JOIN cycles y ON y.id = r.cycle_id JOIN cases c ON c.id = r.case_id`;

/** What somebody has to score now, and has scored in rounds that are still open. */
export async function readMySheets(db: Queryable, assessor: string, at: string): Promise<SheetRow[]> {
  const { rows } = await db.query<Row>(
    `${ROWS} WHERE s.assessor_id = $2 AND NOT s.closed AND ${TAKES_BALLOTS} ORDER BY closes_at, s.id`,
    [at, assessor],
  );
  return Promise.all(rows.map((row) => present(db, row)));
}

async function present(db: Queryable, row: Row): Promise<SheetRow> {
  const template = await templateOf(db, row.definition);
  const group = groupOf(template, row.group_key);
  const writes = row.open && (row.state === 'open' || (row.state === 'submitted' && group.change === true));
  return {
    id: row.id,
    round: row.round,
    cycle: { id: row.cycle_id, name: row.cycle_name },
    block: { key: row.block, name: blockByKey(template, row.block)?.name ?? { zh: row.block, en: row.block } },
    group: { key: group.key, name: group.name, kind: group.kind },
    layer: row.layer,
    state: row.state,
    expected: row.expected,
    filled: row.state === 'submitted' ? row.expected : (row.draft?.length ?? 0),
    closesAt: row.closes_at?.toISOString() ?? null,
    open: row.open,
    can: [
      ...(writes ? ['save', 'submit'] : []),
      ...(row.open && (row.state === 'open' || row.state === 'submitted') ? ['recuse'] : []),
    ],
  };
}

interface TargetRow {
  id: string;
  org: string;
  code: string;
  name: string;
  category: string;
  state: 'due' | 'recused' | 'excluded';
}

/** A sheet with its units and what is filled in: for its assessor alone. */
export async function readOwnSheet(
  db: Queryable,
  id: string,
  assessor: string,
  at: string,
): Promise<z.infer<typeof sheetSchema>> {
  const { rows } = await db.query<Row>(`${ROWS} WHERE s.id = $2 AND s.assessor_id = $3`, [at, id, assessor]);
  const row = rows[0];
  if (!row) throw problem('ballot.unknown');
  const { group, targets } = await readSheet(db, { id }, at);
  const due = new Map(targets.map(({ participant, items }) => [participant, items]));
  const units = await db.query<TargetRow>(
    `SELECT t.case_id AS id, o.id AS org, o.code, o.name, p.category, t.state FROM ballot_targets t JOIN cases c ON c.id = t.case_id
     JOIN org_units o ON o.id = c.org_id JOIN cycle_participants p ON p.case_id = c.id WHERE t.sheet_id = $1 ORDER BY p.category, o.code`,
    [id],
  );
  const goals = group.about === 'goals' ? await readGoals(db, row.cycle_id) : new Map<string, UnitGoals>();
  const cast = await db.query<{ participant: string; item: string; value: string | null; option: string | null }>(
    'SELECT case_id AS participant, item, value::text, option FROM ballots WHERE sheet_id = $1 ORDER BY case_id, item',
    [id],
  );
  const handed = cast.rows.map(({ participant, item, value, option }) => ({
    participant,
    item,
    ...(option !== null ? { option } : value !== null ? { value } : { abstain: true }),
  }));
  return {
    ...(await present(db, row)),
    scale: group.scale,
    abstain: group.abstain ?? false,
    rules: group.rules ?? [],
    items: Array.isArray(group.items) ? group.items : [],
    opinions: group.opinions ?? false,
    participants: units.rows.map(({ org, ...unit }) => ({
      ...unit,
      items: [...(due.get(unit.id) ?? [])],
      goals: [...(goals.get(org)?.goals ?? [])],
    })),
    ballots: row.state === 'open' ? (row.draft ?? []) : handed,
    spoilt: row.spoilt ?? [],
  };
}
