import type pg from 'pg';
import { isJsonObject, type Json, type JsonObject } from '../../workflows/json.ts';
import type { ComputeBlock } from '../../workflows/template/block.ts';
import { transaction } from '../db/transaction.ts';
import type { Service, ServiceCall } from '../engine/service.ts';
import { gatherFindings } from './gather.ts';
import { countProblems } from './problems.ts';
import { type Ending, endItems, enterItems, type Register } from './register.ts';
import { itemCode, plannedItems, repeatOver } from './rows.ts';

type Carry = Extract<ComputeBlock['rule'], { kind: 'carry' }>;

/**
 * Keeps the register of what a unit rectifies, from where its block stands: counts the problems that wait for a plan, enters the
 * rows of an approved one, ends an item from within its own case, or, behind them all, hands what is left to the next cycle.
 */
export const carry: Service = async (call): Promise<Json> => {
  const { block, context, orgId, cycleId, at } = call;
  if (block.type !== 'compute' || block.rule.kind !== 'carry') throw new Error(`"${block.key}" does not carry`);
  if (orgId === null)
    throw new Error(`"${block.key}" stands in the cycle's own case, where no unit rectifies anything`);
  const { rule } = block;
  const { parent } = context.facts;
  const register: Register = { cycleId, orgId, caseId: parent?.caseId ?? call.caseId, at };
  if (context.facts.kind === 'item') return endOne(call, rule, register);
  if (rule.done !== undefined) return endAll(call, rule, register);
  const table = context.data[rule.items];
  if (!Array.isArray(table)) {
    const { found = [], unmet = 0 } = rule;
    if (found.length > 0 || unmet > 0)
      await transaction(call.pool, (client) => gatherFindings(client, call, { found, unmet }));
    return { open: await countProblems(call.pool, { cycleId, orgId }) };
  }
  await transaction(call.pool, (client) => enter(client, call, rule, register));
  return { open: table.length };
};

const enter = async (
  client: pg.ClientBase,
  { template, context }: ServiceCall,
  rule: Carry,
  register: Register,
  how: { missing?: boolean } = {},
): Promise<void> => {
  // Jobs of the same unit take turns.
  await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`rectification/${register.caseId}`]);
  const rows = plannedItems(context.data[rule.items]);
  await enterItems(client, register, repeatOver(template, rule.items), rows, how);
};

const isYes = (value: Json | undefined): boolean => value === true || value === 'yes';
const answerOf = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Within the case of an item: that one ends. */
const endOne = async (call: ServiceCall, rule: Carry, register: Register): Promise<Json> => {
  const { data, facts } = call.context;
  const { item, parent } = facts;
  if (!item || !parent) throw new Error(`"${call.block.key}" stands in a case that is no item of a plan`);
  const ending: Ending = {
    code: itemCode(item, parent.index),
    closed: isYes(data[rule.closed ?? 'closed']),
    answer: answerOf(data[rule.answer ?? 'publicAnswer']),
    itemCaseId: call.caseId,
    by: call.context.lastActor ?? null,
  };
  await transaction(call.pool, async (client) => {
    // A template that does not enter the plan beforehand enters it now.
    await enter(client, call, rule, register, { missing: true });
    await endItems(client, register, [ending], rule.recheck ?? false);
  });
  return ending.closed ? 'closed' : 'open';
};

/** Behind all items: what has not ended is left open, and so is what nobody planned for. */
const endAll = async (call: ServiceCall, rule: Carry, register: Register): Promise<Json> => {
  const { data } = call.context;
  const rows = plannedItems(data[rule.items]);
  const done = rule.done === undefined ? [] : data[rule.done];
  const ended = (Array.isArray(done) ? done : []).filter(isJsonObject);
  const endings = ended.flatMap((row: JsonObject): Ending[] => {
    const code = rows[Number(row.index)]?.code;
    if (code === undefined) return [];
    const closed = isYes(row[rule.closed ?? 'closed']);
    return [{ code, closed, answer: answerOf(row[rule.answer ?? 'publicAnswer']), itemCaseId: null, by: null }];
  });
  return transaction(call.pool, async (client) => {
    await enter(client, call, rule, register, { missing: true });
    await endItems(client, register, endings, rule.recheck ?? false);
    await leaveRest(client, register);
    const { rows: counts } = await client.query<{ state: string; codes: string[] }>(
      `SELECT state, array_agg(code ORDER BY code) AS codes FROM rectification_items WHERE cycle_id = $1 AND org_id = $2 GROUP BY state`,
      [register.cycleId, register.orgId],
    );
    const codesOf = (state: string) => counts.find((one) => one.state === state)?.codes ?? [];
    return { closed: codesOf('closed').length, open: codesOf('carried').length, codes: codesOf('carried') };
  });
};

/** Findings that came too late for the plan, and items that nobody ended, are left open. */
const leaveRest = async (client: pg.ClientBase, { cycleId, orgId, caseId, at }: Register): Promise<void> => {
  await client.query(
    `UPDATE rectification_items SET state = 'carried', ended_at = $3 WHERE cycle_id = $1 AND org_id = $2 AND state = 'open'`,
    [cycleId, orgId, at],
  );
  await client.query(
    `INSERT INTO rectification_items (id, cycle_id, org_id, code, source, finding_id, indicator_code, problem, state, case_id, opened_at, ended_at)
     SELECT gen_random_uuid(), cycle_id, org_id, 'F' || number, source, id, indicator_code, what, 'carried', $3, $4, $4
     FROM findings WHERE cycle_id = $1 AND org_id = $2 AND state = 'open' ON CONFLICT DO NOTHING`,
    [cycleId, orgId, caseId, at],
  );
  await client.query(
    `UPDATE findings SET state = 'rectifying' WHERE cycle_id = $1 AND org_id = $2 AND state = 'open'`,
    [cycleId, orgId],
  );
};
