import type pg from 'pg';
import type { Json } from '../../workflows/json.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import type { Snapshot } from '../../workflows/machine/run.ts';
import { problem } from '../http/problem.ts';
import { hashOf, type Logic, type LogicOf } from './logic.ts';
import type { CaseKind, CaseStatus } from './types.ts';

/** A case in memory, as it stands at a revision. */
export interface Entry {
  id: string;
  kind: CaseKind;
  cycleId: string | null;
  orgId: string | null;
  parentId: string | null;
  title: string;
  hash: string;
  logic: Logic;
  status: CaseStatus;
  revision: number;
  snapshot: Snapshot<CaseContext>;
}

interface Row {
  id: string;
  kind: CaseKind;
  cycle_id: string | null;
  org_id: string | null;
  parent_id: string | null;
  title: string;
  definition: string;
  status: CaseStatus;
  revision: number;
  snapshot: string;
}

const LOAD = {
  name: 'bihuan_load',
  text: 'SELECT id, kind, cycle_id, org_id, parent_id, title, definition, status, revision, snapshot::text AS snapshot FROM cases WHERE id = $1',
};

export interface Store {
  load(caseId: string): Promise<Entry>;
  /** The logic of a stored definition. */
  logic(hash: string): Promise<Logic>;
  /** Stores a definition under its hash, once. */
  define(content: Json): Promise<{ hash: string; logic: Logic }>;
}

/** Reads cases and the definitions they are pinned to; a definition is compiled once for each content. */
export function makeStore(pool: pg.Pool, logicOf: LogicOf): Store {
  const logics = new Map<string, Logic>();
  // Many cases start with the same definition object: it is named once.
  const names = new WeakMap<object, string>();
  const nameOf = (content: Json) => {
    if (typeof content !== 'object' || content === null) return hashOf(content);
    const hash = names.get(content) ?? hashOf(content);
    names.set(content, hash);
    return hash;
  };
  const logic = async (hash: string) => {
    const known = logics.get(hash);
    if (known) return known;
    const { rows } = await pool.query<{ content: Json }>('SELECT content FROM definitions WHERE hash = $1', [hash]);
    if (!rows[0]) throw new Error(`definition ${hash} is missing`);
    const made = logicOf(rows[0].content);
    logics.set(hash, made);
    return made;
  };
  return {
    logic,
    load: async (caseId) => {
      const { rows } = await pool.query<Row>({ ...LOAD, values: [caseId] });
      const row = rows[0];
      if (!row) throw problem('case.unknown', { caseId });
      const found = await logic(row.definition);
      const { id, kind, title, status, revision } = row;
      const snapshot = found.restore(JSON.parse(row.snapshot) as Json);
      return {
        id,
        kind,
        cycleId: row.cycle_id,
        orgId: row.org_id,
        parentId: row.parent_id,
        title,
        hash: row.definition,
        logic: found,
        status,
        revision,
        snapshot,
      };
    },
    define: async (content) => {
      const hash = nameOf(content);
      if (!logics.has(hash)) {
        const made = logicOf(content); // one that cannot run is not stored
        await pool.query('INSERT INTO definitions (hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
          hash,
          JSON.stringify(content),
        ]);
        logics.set(hash, made);
      }
      return { hash, logic: logics.get(hash) as Logic };
    },
  };
}
