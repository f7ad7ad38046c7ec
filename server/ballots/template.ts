import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Queryable } from '../engine/rows.ts';

const KEPT = 20;
const known = new Map<string, CycleTemplate>();

/** The template of a definition, by its content hash: what a hash names never changes, so the latest are kept. */
export async function templateOf(db: Queryable, definition: string): Promise<CycleTemplate> {
  const kept = known.get(definition);
  if (kept) return kept;
  const { rows } = await db.query<{ template: CycleTemplate }>(
    `SELECT content->'template' AS template FROM definitions WHERE hash = $1`,
    [definition],
  );
  const template = rows[0]?.template;
  if (!template) throw new Error(`no definition ${definition}`);
  known.set(definition, template);
  for (const hash of known.keys()) if (known.size > KEPT) known.delete(hash);
  return template;
}
