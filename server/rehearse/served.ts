import type { Json, JsonObject } from '../../workflows/json.ts';
import { COLOURS } from '../../workflows/lights/schema.ts';
import { spanOf } from '../../workflows/machine/items.ts';
import { type Block, type ComputeBlock, handsOut } from '../../workflows/template/block.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Service, ServiceCall, Services } from '../engine/service.ts';
import { services } from '../services.ts';
import { MONITOR_ID } from './city.ts';
import type { Choice } from './values.ts';

/**
 * What the server's blocks answer in a rehearsal: not what comes of rows and ballots, of which there are none, but what was
 * chosen, so that every path is taken. A block that gives each unit a value of its own has two answers: the unit's, and what
 * the cycle's case hears.
 */
export interface Answers {
  /** By the name under which they are chosen; the usual one first. */
  options: readonly Json[];
  name: string;
}

const UNIT = 'unit';
const CASE = 'case';

/** What can be chosen of a served block: for the case that waits for it, and for the unit. */
export function answersOf(template: CycleTemplate, block: ComputeBlock, constants: readonly string[]): Answers[] {
  const heard = { name: nameOf(block, CASE), options: heardOptions(block) };
  if (!handsOut(block)) return [heard];
  return [heard, { name: nameOf(block, UNIT), options: unitOptions(template, block, constants) }];
}

/** The answer that the case gets. */
export const heard = (block: ComputeBlock, { served }: Choice): Json =>
  served.get(nameOf(block, CASE)) ?? heardOptions(block)[0] ?? null;

/** The value that the unit gets of its own. */
export function handed(template: CycleTemplate, block: ComputeBlock, { served, rank }: Choice): Json {
  if (block.rule.kind === 'rank') return { score: '80', rank, rankOf: 3 };
  return served.get(nameOf(block, UNIT)) ?? unitOptions(template, block, [])[0] ?? null;
}

/** A unit that the rehearsed city has. */
const OWNER = { id: MONITOR_ID, name: '责任单位', code: 'monitor' };

/** Owners report for a period: that of the item around them, else the year. */
const inPeriod = (rows: Json, { item, context }: ServiceCall): Json =>
  (rows as JsonObject[]).map((row): JsonObject => ({ ...row, ...spanOf(item, context.facts.period) }));

const nameOf = (block: ComputeBlock, whose: string): string => `${block.into}/${whose}`;

const lights = (worst: (typeof COLOURS)[number]): JsonObject => ({
  ...Object.fromEntries(COLOURS.map((colour) => [colour, colour === worst ? 1 : 0])),
  worst,
  behind: worst === 'green' ? [] : ['A'],
  reds: worst === 'red' ? [{ code: 'A', name: 'A', due: '2000-01-01' }] : [],
  corrected: 1,
});

function heardOptions({ rule }: ComputeBlock): Json[] {
  switch (rule.kind) {
    case 'carry':
      return [{ open: 1 }, { open: 0 }];
    case 'record':
      return COLOURS.toReversed().map(lights);
    case 'owners':
      return [[], [OWNER]];
    case 'surge':
      return [
        { requests: 0, surges: 0, text: '' },
        { requests: 20, surges: 1, text: 'A 20（上期 10）' },
      ];
    case 'pace':
      return [
        { growth: '1', progress: '80', index: '80', rows: [], text: 'A' },
        { growth: null, progress: null, index: null, rows: [], text: '' },
      ];
    case 'grade':
      return [
        { graded: 3, alarm: null },
        { graded: 3, alarm: { share: '1' } },
      ];
    default:
      return [{}];
  }
}

function unitOptions(template: CycleTemplate, { rule }: ComputeBlock, constants: readonly string[]): Json[] {
  switch (rule.kind) {
    case 'survey':
      return ['80', null];
    case 'score':
      return ['80', '0', '100', ...constants.filter((text) => /^\d+(\.\d+)?$/.test(text))];
    case 'grade':
      return template.grades?.grades.map(({ key }) => key) ?? [];
    case 'uses':
      return [[], (template.uses ?? []).map(({ key }) => key)];
    default:
      return [];
  }
}

/** What really happens in a rehearsal as well: it shows whether plans and reports can be taken in. */
const REAL: ReadonlySet<string> = new Set(['assign', 'record']);

/** The services of a rehearsal's engine; `choiceOf` knows what was chosen for a cycle. */
export const rehearsedServices = (choiceOf: (cycleId: string) => Choice): Services =>
  Object.fromEntries(
    Object.entries(services).map(([kind, real]): [string, Service] => [
      kind,
      async (call) => {
        const { pool, cycleId, template, block } = call;
        if (block.type === 'ballots') return {};
        const choice = choiceOf(cycleId);
        const answer = REAL.has(kind) ? await real(call) : {};
        if (handsOut(block))
          await pool.query(
            `INSERT INTO results (cycle_id, block, case_id, org_id, category, handed)
             SELECT $1, $2, c.id, c.org_id, p.category, json_build_object($3::text, $4::json)
             FROM cases c JOIN cycle_participants p ON p.case_id = c.id WHERE c.cycle_id = $1 AND c.kind = 'participant'
             ON CONFLICT (cycle_id, block, case_id) DO UPDATE SET handed = excluded.handed, at = now()`,
            [cycleId, block.key, block.into, JSON.stringify(handed(template, block, choice))],
          );
        const told = heard(block, choice);
        return block.rule.kind === 'owners' ? inPeriod(told, call) : Object.assign({}, answer, told);
      },
    ]),
  );

/** What the blocks of a meeting hand the unit. */
export const handedIn = (template: CycleTemplate, blocks: readonly Block[], choice: Choice): [string, Json][] =>
  blocks.flatMap((block): [string, Json][] =>
    block.type === 'compute' && handsOut(block) ? [[block.into, handed(template, block, choice)]] : [],
  );
