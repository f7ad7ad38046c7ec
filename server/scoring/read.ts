import type { z } from 'zod';
import { blockByKey } from '../../workflows/machine/track.ts';
import type { Explanation } from '../../workflows/scoring/explanation.ts';
import { explainInWords } from '../../workflows/scoring/words.ts';
import type { Language } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { templateOf } from '../ballots/template.ts';
import { blockName } from '../cases/names.ts';
import type { Queryable } from '../engine/rows.ts';
import { problem } from '../http/problem.ts';
import type { runSchema, scoreSchema } from './schema.ts';

interface ScoreRow {
  org: { id: string; name: string };
  block: string;
  definition: string;
  value: string | null;
  explanation: Explanation;
  rule_hash: string;
  inputs_hash: string;
  run: string;
  made_at: Date;
}

/** The score of a participant's case that counts (of the last block that scored, or of one), with how it came about. */
export async function readScore(
  db: Queryable,
  caseId: string,
  language: Language,
  block?: string,
): Promise<z.infer<typeof scoreSchema>> {
  const { rows } = await db.query<ScoreRow>(
    `SELECT json_build_object('id', o.id, 'name', o.name) AS org, r.block, c.definition, s.value::text, s.explanation, r.rule_hash, s.inputs_hash,
       r.id AS run, r.made_at
     FROM scores s JOIN score_runs r ON r.id = s.run_id AND r.state = 'accepted' JOIN cases c ON c.id = s.case_id JOIN org_units o ON o.id = c.org_id
     WHERE s.case_id = $1 AND ($2::text IS NULL OR r.block = $2) ORDER BY r.made_at DESC, r.id DESC LIMIT 1`,
    [caseId, block ?? null],
  );
  const row = rows[0];
  if (!row) throw problem('score.none');
  const template = await templateOf(db, row.definition);
  return {
    case: caseId,
    org: row.org,
    block: { key: row.block, name: blockByKey(template, row.block)?.name ?? { zh: row.block, en: row.block } },
    value: row.value,
    explanation: row.explanation,
    words: explainInWords(row.explanation, language),
    ruleHash: row.rule_hash,
    inputsHash: row.inputs_hash,
    run: row.run,
    at: row.made_at.toISOString(),
  };
}

type Run = z.infer<typeof runSchema>;

/** Runs of a cycle's scores, the latest first, or one; with what a recomputation would change. */
export async function readRuns(db: Queryable, where: { cycleId: string } | { id: string }, me: Me): Promise<Run[]> {
  const [column, value] = 'id' in where ? ['r.id', where.id] : ['r.cycle_id', where.cycleId];
  const { rows } = await db.query<
    Omit<Run, 'can' | 'name' | 'madeAt' | 'decidedAt'> & { madeAt: Date; decidedAt: Date | null; definition: string }
  >(
    `SELECT r.id, r.cycle_id AS cycle, r.block, r.round, r.state, r.rule_hash AS "ruleHash", r.made_at AS "madeAt", r.decided_at AS "decidedAt", r.reason,
       (SELECT c.definition FROM cases c WHERE c.cycle_id = r.cycle_id ORDER BY c.started_at DESC LIMIT 1) AS definition, r.diff, CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS "madeBy",
       CASE WHEN d.id IS NOT NULL THEN json_build_object('id', d.id, 'name', d.name) END AS "decidedBy"
     FROM score_runs r LEFT JOIN people m ON m.id = r.made_by LEFT JOIN people d ON d.id = r.decided_by
     WHERE ${column} = $1 ORDER BY r.made_at DESC, r.id DESC LIMIT 200`,
    [value],
  );
  const decides = may(me, 'cases.control');
  const names = new Map<string, Run['name']>();
  for (const { definition, block } of rows)
    if (!names.has(block)) names.set(block, blockName(await templateOf(db, definition), block));
  return rows.map(({ madeAt, decidedAt, definition: _, ...run }) => ({
    ...run,
    name: names.get(run.block) ?? { zh: run.block, en: run.block },
    madeAt: madeAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    can: decides && run.state === 'draft' ? ['accept', 'discard'] : [],
  }));
}
