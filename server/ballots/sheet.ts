import { groupOf, itemKeys } from '../../workflows/ballots/groups.ts';
import type { AssessorGroup } from '../../workflows/ballots/schema.ts';
import type { Target } from '../../workflows/ballots/sheet.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';
import { templateOf } from './template.ts';

export type SheetState = 'open' | 'submitted' | 'recused' | 'excluded';

/** An assessor's sheet with the units that are due on it. */
export interface Sheet {
  id: string;
  roundId: string;
  cycleId: string;
  caseId: string;
  block: string;
  round: number;
  state: SheetState;
  version: number;
  layer: string | null;
  assessor: string | null;
  /** Ballots are taken now. */
  open: boolean;
  template: CycleTemplate;
  group: AssessorGroup;
  targets: Target[];
}

/**
 * Whether a round `r` of a case `c` takes ballots at `$1`: the cycle is in its block, and the block's end has not come. The
 * timer says when that is, so a calendar that changes moves it, too.
 */
export const TAKES_BALLOTS = `(r.closed_at IS NULL AND c.status = 'active' AND r.block = ANY(c.blocks) AND NOT EXISTS (
  SELECT FROM timers t WHERE t.case_id = r.case_id AND t.scope = r.block || '#' || r.round AND t.frozen_at IS NULL AND t.due_at <= $1))`;

const SHEET = `SELECT s.id, s.round_id AS "roundId", r.cycle_id AS "cycleId", r.case_id AS "caseId", r.block, r.round, s.state, s.version,
    s.layer, s.group_key AS "groupKey", s.assessor_id AS assessor, NOT s.closed AND ${TAKES_BALLOTS} AS open, c.definition,
    (SELECT coalesce(json_agg(json_build_array(t.case_id, CASE WHEN $3 THEN (
         SELECT array_agg(i.code ORDER BY i.position, i.code) FROM cycle_indicators i JOIN cases p ON p.org_id = i.org_id
         WHERE p.id = t.case_id AND i.cycle_id = r.cycle_id AND i.parent_id IS NULL AND i.applies) END)), '[]')
     FROM ballot_targets t WHERE t.sheet_id = s.id AND t.state = 'due') AS targets
  FROM ballot_sheets s JOIN ballot_rounds r ON r.id = s.round_id JOIN cases c ON c.id = r.case_id`;

interface Row extends Omit<Sheet, 'template' | 'group' | 'targets'> {
  groupKey: string;
  definition: string;
  targets: [string, string[] | null][];
}

export interface SheetKey {
  round: string;
  group: string;
  assessor: string;
}

/** Finds a sheet by its id, or by round, group and assessor. @throws `ballot.unknown` */
export async function readSheet(db: Queryable, key: SheetKey | { id: string }, at: string): Promise<Sheet> {
  const found = await find(db, key, at, false);
  const { groupKey, definition, targets, ...sheet } = found;
  const template = await templateOf(db, definition);
  const group = groupOf(template, groupKey);
  // Only where each unit has items of its own, they are asked for.
  const own = group.items === 'indicators' ? (await find(db, key, at, true)).targets : targets;
  return {
    ...sheet,
    template,
    group,
    targets: own.map(([participant, codes]) => ({ participant, items: itemKeys(group, codes ?? []) })),
  };
}

async function find(db: Queryable, key: SheetKey | { id: string }, at: string, indicators: boolean): Promise<Row> {
  const { rows } = await ('id' in key
    ? db.query<Row>({
        name: 'bihuan_sheet_by_id',
        text: `${SHEET} WHERE s.id = $2`,
        values: [at, key.id, indicators],
      })
    : db.query<Row>({
        name: 'bihuan_sheet',
        text: `${SHEET} WHERE s.round_id = $2 AND s.group_key = $4 AND s.assessor_id = $5`,
        values: [at, key.round, indicators, key.group, key.assessor],
      }));
  const row = rows[0];
  if (!row) throw problem('ballot.unknown');
  return row;
}
