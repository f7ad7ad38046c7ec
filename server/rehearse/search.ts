import type { Json } from '../../workflows/json.ts';
import type { Item } from '../../workflows/machine/context.ts';
import { valuesReadBy } from '../../workflows/scoring/reads.ts';
import { isServed } from '../../workflows/template/block.ts';
import type { Field } from '../../workflows/template/field.ts';
import { blocksOf, type CycleTemplate } from '../../workflows/template/schema.ts';
import { type Draw, pick } from '../simulate/draw.ts';
import { type Way, wayOf } from './explore.ts';
import { answersOf } from './served.ts';
import { type Choice, candidates, type Surroundings } from './values.ts';

/** Choices that together come by as many of the wanted blocks as were found to be within reach. */
export interface Found {
  choices: Choice[];
  /** Wanted blocks that none of them comes by. */
  missing: string[];
  /** What nobody gets past, whatever is chosen. */
  stopped: Way['stopped'];
}

/** How often values are drawn in vain before the search gives up, and how long it may take in all. */
const VAIN = 500;
const LONGEST_MS = 10_000;

/** One thing that can be chosen, and what. */
interface Knob {
  options: readonly unknown[];
  set(choice: Choice, option: unknown): Choice;
}

/**
 * Looks for values of the forms that lead through every path: first each field by itself, then several at once, going on from
 * the choices that got furthest.
 */
export function findChoices(
  template: CycleTemplate,
  wanted: readonly string[],
  around: Surroundings,
  sections: Item[],
  draw: Draw,
): Found {
  const categories = Object.keys(template.categories);
  const usual: Choice = { values: new Map(), category: categories[0] ?? 'all', rank: 2, served: new Map() };
  const usualWay = wayOf(template, usual, around, sections);
  let { stopped } = usualWay;
  const kept: { choice: Choice; visited: ReadonlySet<string> }[] = [{ choice: usual, visited: usualWay.visited }];
  let missing = wanted.filter((key) => !usualWay.visited.has(key));
  const nearest = new Map(usualWay.near);
  const consider = (choice: Choice): void => {
    const { visited, near, ...way } = wayOf(template, choice, around, sections);
    if (!way.stopped) stopped = undefined;
    const nearer = [...near].filter(([place, share]) => share > (nearest.get(place) ?? -1));
    const fresh = missing.some((key) => visited.has(key)) || kept.every((one) => reaches(visited, one.visited));
    if (!fresh && nearer.length === 0) return;
    kept.push({ choice, visited });
    for (const [place, share] of nearer) nearest.set(place, share);
    missing = missing.filter((key) => !visited.has(key));
  };

  const knobs = missing.length > 0 ? knobsOf(template, categories, around) : [];
  const until = performance.now() + LONGEST_MS;
  for (const { options, set } of knobs)
    for (const option of options) if (missing.length > 0) consider(set(usual, option));
  let [n, progress] = [0, 0];
  while (missing.length > 0 && knobs.length > 0 && n - progress < VAIN && performance.now() < until) {
    n += 1;
    // Rather on from the latest, which came nearest.
    let choice = pick(kept, Math.sqrt(draw('start', n))).choice;
    for (let k = 0; k <= Math.floor(draw('how many', n) * 4); k += 1) {
      const knob = pick(knobs, draw('knob', n, k));
      choice = knob.set(choice, pick(knob.options, draw('option', n, k)));
    }
    const before = kept.length;
    consider(choice);
    if (kept.length > before) progress = n;
  }
  return { choices: fewest(kept, wanted), missing, stopped };
}

/** Whether it comes by a block that the other does not. */
const reaches = (visited: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...visited].some((key) => !other.has(key));

/** Of the choices, those that are needed to come by all that any of them comes by. */
function fewest(
  kept: readonly { choice: Choice; visited: ReadonlySet<string> }[],
  wanted: readonly string[],
): Choice[] {
  const left = new Set(wanted);
  const chosen: Choice[] = [];
  const ranked = [...kept].sort((a, b) => gain(b.visited, wanted) - gain(a.visited, wanted));
  for (const { choice, visited } of ranked) {
    if (chosen.length > 0 && ![...left].some((key) => visited.has(key))) continue;
    chosen.push(choice);
    for (const key of visited) left.delete(key);
  }
  return chosen;
}

const gain = (visited: ReadonlySet<string>, wanted: readonly string[]) =>
  wanted.filter((key) => visited.has(key)).length;

function knobsOf(template: CycleTemplate, categories: readonly string[], around: Surroundings): Knob[] {
  const fields = new Map<string, Field>();
  for (const { block } of blocksOf(template))
    if (block.type === 'task' || block.type === 'approval')
      for (const field of block.fields ?? []) fields.set(field.key, field);
  const expressions = expressionsOf(template);
  const named = new Set(expressions.flatMap((text) => text.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []));
  const constants = [...new Set(expressions.flatMap(constantsOf))];
  const asked = [...fields.values()].filter(
    (field) => named.has(field.key) || (field.type === 'table' && field.columns.some(({ key }) => named.has(key))),
  );
  const values = asked.map(
    (field): Knob => ({
      options: candidates(field, constants, around),
      set: (choice, option) => ({ ...choice, values: new Map(choice.values).set(field.key, option as Json) }),
    }),
  );
  const others: Knob[] = [
    { options: [1, 3, 2], set: (choice, option) => ({ ...choice, rank: option as Choice['rank'] }) },
    { options: categories, set: (choice, option) => ({ ...choice, category: option as string }) },
  ];
  const served = [...blocksOf(template)].flatMap(({ block }) =>
    block.type === 'compute' && isServed(block) && named.has(block.into) ? answersOf(template, block, constants) : [],
  );
  const answers = served.map(
    ({ name, options }): Knob => ({
      options,
      set: (choice, option) => ({ ...choice, served: new Map(choice.served).set(name, option as Json) }),
    }),
  );
  return [...values, ...answers, ...others].filter(({ options }) => options.length > 0);
}

/** Everything that decides where a case goes, and what that is computed from. */
function expressionsOf(template: CycleTemplate): string[] {
  return [...blocksOf(template)].flatMap(({ block }) => {
    if (block.type === 'branch') return block.paths.map((path) => path.if);
    if (block.type === 'gate') return block.requires.map((one) => one.if);
    if (block.type === 'repeat')
      return [typeof block.over === 'object' ? block.over.rows : '', ...(block.collect?.fields ?? [])];
    if (block.type !== 'compute') return [];
    if (block.rule.kind === 'feel') return [block.rule.expression];
    return block.rule.kind === 'rule' ? valuesReadBy(block.rule.rule) : [];
  });
}

/** Numbers and texts that an expression names. */
const constantsOf = (expression: string): string[] => [
  ...(expression.replace(/"[^"]*"/g, '').match(/(?<![\w.])-?\d+(\.\d+)?/g) ?? []),
  ...[...expression.matchAll(/"([^"]+)"/g)].map(([, text]) => text as string),
];
