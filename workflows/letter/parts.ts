import type { Decimal } from 'decimal.js';
import { amount, Exact } from '../scoring/exact.ts';
import type { Explanation } from '../scoring/explanation.ts';
import type { Text } from '../text.ts';

/** A line of a score as a letter speaks of it: what it added, of how much it could have. */
export interface ScorePart {
  /** Where it stands in the score, the same for every unit scored by the same rule. */
  path: string;
  name: Text;
  /** What it added to the score; negative for what took points away. Null: does not apply. */
  value: string | null;
  /** What it could add; null for what has no bound, such as bonus and deduction. */
  most: string | null;
  /** 1 for the parts of the whole, 2 for theirs, and so on. */
  level: number;
  /** It has no parts of its own. */
  leaf: boolean;
}

interface At {
  path: string;
  level: number;
  /** What one point of this line is worth in the score; null where that cannot be said. */
  worth: Decimal | null;
  /** The line's own full marks; null where there are none. */
  full: Decimal | null;
  figureName: (value: string) => Text | undefined;
}

/** Kinds that pass on what they are made from: a line below counts as much as they do. */
const THROUGH = new Set(['round', 'clamp', 'choose', 'let', 'veto']);

/**
 * The parts of a score, from its explanation, in order: weighted parts with what they could have added, then bonus and
 * deduction. `full` is what the whole can reach (100 or 1000); `figureName` says what people call a value of the case, for parts
 * without a name of their own.
 */
export function partsOf(
  explanation: Explanation,
  full = '100',
  figureName: (value: string) => Text | undefined = () => undefined,
): ScorePart[] {
  return below(explanation, { path: '', level: 0, worth: new Exact(1), full: new Exact(full), figureName });
}

function below(line: Explanation, at: At): ScorePart[] {
  switch (line.kind) {
    case 'composite':
      return parts(line, at);
    case 'sum':
      return line.children.flatMap((child, i) => added(child, i, at, 1));
    case 'minus':
      return line.children.flatMap((child, i) => added(child, i, at, child.as === 'from' ? 1 : -1));
    default: {
      if (!THROUGH.has(line.kind)) return [];
      // Conditions and intermediate values stand beside what counts, and have no parts.
      for (const child of line.children) {
        const found = below(child, at);
        if (found.length > 0) return found;
      }
      return [];
    }
  }
}

/** A term of a sum: weighted parts inside it speak for themselves, else it is a part without a bound. */
function added(line: Explanation, i: number, at: At, sign: 1 | -1): ScorePart[] {
  const path = `${at.path}/${line.key ?? i}`;
  const worth = at.worth?.times(sign) ?? null;
  const inner = below(line, { ...at, path, worth });
  if (inner.length > 0) return inner;
  if (!line.name) return [];
  return [{ path, name: line.name, value: times(line.value, worth), most: null, level: at.level + 1, leaf: true }];
}

function parts(line: Explanation, at: At): ScorePart[] {
  const points = settingOf(line, 'scored') === 'points';
  return line.children.flatMap((part, i): ScorePart[] => {
    const weight = decimalOf(settingOf(part, 'weight'));
    const whole = decimalOf(settingOf(part, 'total')) ?? decimalOf(settingOf(line, 'total'));
    const path = `${at.path}/${part.key ?? i}`;
    const share = weight && whole && !whole.isZero() ? weight.div(whole) : null;
    // In points a part's full marks are its weight; else every part is scored on the scale of the whole.
    const own = points ? weight : share && (at.full?.times(share) ?? null);
    const most = own && at.worth && amount(own.times(at.worth)).text;
    const score = part.children.find(({ as }) => as === 'score') ?? part.children[0];
    const level = at.level + 1;
    const inner = score
      ? below(score, {
          ...at,
          path,
          level,
          worth: points ? at.worth : share && (at.worth?.times(share) ?? null),
          full: points ? weight : at.full,
        })
      : [];
    const figure = figureOf(part, score);
    const name = part.name ?? score?.name ?? (figure === undefined ? undefined : at.figureName(figure));
    if (!name) return inner;
    return [{ path, name, value: times(part.value, at.worth), most, level, leaf: inner.length === 0 }, ...inner];
  });
}

/** The value of the case that a part is, if it is one by itself. */
function figureOf(part: Explanation, score: Explanation | undefined): string | undefined {
  const inputs = score?.kind === 'input' ? score.inputs : score ? [] : part.inputs;
  const source = inputs.find(({ name }) => name === 'score' || name === 'value')?.source;
  return typeof source === 'string' && source.startsWith('values.') ? source.slice('values.'.length) : undefined;
}

const settingOf = (line: Explanation, name: string): unknown =>
  line.inputs.find((input) => input.name === name)?.value ?? line.children.find(({ as }) => as === name)?.value;

const decimalOf = (value: unknown): Decimal | null =>
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? new Exact(value) : null;

const times = (value: string | null, worth: Decimal | null): string | null =>
  value === null || !worth ? value : amount(new Exact(value).times(worth)).text;
