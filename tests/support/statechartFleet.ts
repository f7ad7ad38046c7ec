import type pg from 'pg';
import { type Engine, uuidOf } from '../../server/engine/index.ts';
import { ProblemError } from '../../server/http/problem.ts';
import type { Effect } from '../../workflows/machine/run.ts';
import type { TestClock } from './engineWorld.ts';
import { makeReference, type Seen, seen } from './statechartActor.ts';
import { chartLogic, definitionOf } from './statechartLogic.ts';
import { machineOf } from './statechartMachine.ts';
import { type Chart, type ChartRun, TICK_MS } from './statecharts.ts';

interface Stored {
  status: string;
  snapshot: Seen;
}

interface Member {
  caseId: string;
  chart: Chart;
  /** Events by the tick at which they come. */
  plan: Map<number, ChartRun['events'][number]['event'][]>;
  reference: ReturnType<typeof makeReference>;
  /** Whether the reference has moved since this was asked last. */
  moved(): boolean;
  expected: string[];
  actual: string[];
  stored: Stored | null;
}

export interface FleetResult {
  charts: number;
  steps: number;
  fired: number;
  ended: number;
  effects: number;
  /** Those that went another way than XState's actor, with the first difference of each. */
  differences: { index: number; tick: number; what: string; is: unknown; should: unknown }[];
}

/** Effects of the step that was computed last, by chart; they count once that step is committed. */
const latest = new Map<string, Effect[]>();

export const fleetLogic = chartLogic((chart, effects) => latest.set(chart.id, effects));

/**
 * Runs many statecharts side by side, each as a case of the engines (a step goes to one engine or the other) and as an XState
 * actor in memory, in the same virtual time, and compares them after every tick and every round of events.
 */
export async function runFleet(
  { engines, pool, clock }: { engines: Engine[]; pool: pg.Pool; clock: TestClock },
  runs: readonly ChartRun[],
  name: string,
): Promise<FleetResult> {
  const members = runs.map((run, i) => enlist(run, `${name}.${i}`));
  const byCase = new Map(members.map((member) => [member.caseId, member]));
  const result: FleetResult = { charts: members.length, steps: 0, fired: 0, ended: 0, effects: 0, differences: [] };
  const failed = new Set<Member>();
  const stops = engines.map((engine) =>
    engine.onCommitted(({ caseId }) => {
      const member = byCase.get(caseId);
      if (!member) return;
      result.steps += 1;
      for (const { type, params } of latest.get(member.chart.id) ?? [])
        if (!type.startsWith('delay.')) member.actual.push(JSON.stringify(params));
    }),
  );
  const began = clock.now().getTime();
  let turn = 0;
  const next = () => engines[turn++ % engines.length] as Engine;
  const settle = async () => {
    while ((await next().fireDue({ limit: TOGETHER })) > 0);
  };
  const check = async (tick: number) => {
    const [changed, due] = await Promise.all([readChanged(pool, clock), readDue(pool)]);
    for (const [index, member] of members.entries()) {
      const stored = changed.get(member.caseId);
      if (failed.has(member) || (!stored && !member.moved())) continue;
      member.stored = stored ?? member.stored;
      const difference = differenceOf(member, due.get(member.caseId) ?? [], began);
      if (!difference) continue;
      failed.add(member);
      result.differences.push({ index, tick, ...difference });
    }
  };

  await inGroups(members, async ({ caseId, chart, reference }) => {
    reference.start();
    await next().startCase({ id: caseId, kind: 'plain', title: chart.id, definition: definitionOf(chart), input: {} });
  });
  await settle();
  await check(0);
  const last = Math.max(...members.flatMap(({ plan }) => [...plan.keys()])) + 4;
  for (let tick = 0; tick <= last; tick += 1) {
    if (tick > 0) {
      clock.advance(TICK_MS);
      for (const { reference } of members) reference.pass(TICK_MS);
      await settle();
      await check(tick);
    }
    for (let round = 0; ; round += 1) {
      const acting = members.filter((member) => (member.plan.get(tick)?.length ?? 0) > round);
      if (acting.length === 0) break;
      await inGroups(acting, (member) =>
        send(member, (member.plan.get(tick) ?? [])[round] as { type: string }, next()),
      );
      await settle();
      await check(tick);
    }
  }
  for (const stop of stops) stop();
  for (const { reference, actual } of members) {
    result.fired += reference.fired();
    result.ended += Number(reference.done());
    result.effects += actual.length;
  }
  return result;
}

/** How many cases act at once. */
const TOGETHER = 100;

async function inGroups<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  for (let n = 0; n < items.length; n += TOGETHER) await Promise.all(items.slice(n, n + TOGETHER).map(act));
}

function enlist({ chart, events }: ChartRun, id: string): Member {
  const named = { ...chart, id };
  const plan: Member['plan'] = new Map();
  let tick = 0;
  for (const { wait, event } of events) {
    tick += wait;
    plan.set(tick, [...(plan.get(tick) ?? []), event]);
  }
  const expected: string[] = [];
  const reference = makeReference(machineOf(named, (params) => expected.push(JSON.stringify(params))));
  return {
    caseId: uuidOf(id),
    chart: named,
    plan,
    reference,
    moved: reference.moved,
    expected,
    actual: [],
    stored: null,
  };
}

/** A case refuses what its chart would ignore, and everything once it has ended. */
async function send({ caseId, reference }: Member, event: { type: string }, engine: Engine): Promise<void> {
  if (!reference.done()) reference.send(event);
  try {
    await engine.apply({ caseId, event: { ...event } });
  } catch (error) {
    if (!(error instanceof ProblemError) || !['event.refused', 'case.finished'].includes(error.id)) throw error;
  }
}

/** The cases that changed at this instant. */
async function readChanged(pool: pg.Pool, clock: TestClock): Promise<Map<string, Stored>> {
  const { rows } = await pool.query<Stored & { id: string }>(
    'SELECT id, status, snapshot FROM cases WHERE updated_at = $1',
    [clock.now()],
  );
  return new Map(rows.map(({ id, ...stored }) => [id, stored]));
}

/** When the timers of each case are due. */
async function readDue(pool: pg.Pool): Promise<Map<string, number[]>> {
  const { rows } = await pool.query<{ id: string; due: number[] }>(
    'SELECT case_id AS id, array_agg((extract(epoch FROM due_at) * 1000)::float8 ORDER BY due_at) AS due FROM timers GROUP BY 1',
  );
  return new Map(rows.map(({ id, due }) => [id, due]));
}

function differenceOf({ reference, expected, actual, stored }: Member, due: number[], began: number) {
  const should = { ...reference.seen(), due: reference.due().map((ms) => ms + began) };
  const is = stored && { ...seen(stored.snapshot), due: stored.status === 'active' ? due : [] };
  if (JSON.stringify(is) !== JSON.stringify(should)) return { what: 'snapshot', is, should };
  if (stored?.status !== should.status) return { what: 'status', is: stored?.status, should: should.status };
  if (actual.join() !== expected.join()) return { what: 'effects', is: actual, should: expected };
  return null;
}
