import { z } from 'zod';
import { pathSchema } from './data.ts';
import { evaluate } from './evaluate.ts';
import { placeText, ScoreFault } from './fault.ts';
import { type Operand, setting } from './kind.ts';
import { type Rule, rule } from './rule.ts';
import { lookUp, type Scope, within } from './scope.ts';

const DIRECTIONS = ['up', 'down', 'band'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What a value is judged by. Inside `each` over indicators all of it is the indicator's own unless stated. */
export const judged = {
  of: rule().optional(),
  target: rule().optional(),
  low: rule().optional(),
  high: rule().optional(),
  /** `up`: more is better; `down`: less is; `band`: between low and high. Or a path to where one of these words stands. */
  direction: z.union([z.enum(DIRECTIONS), pathSchema]).optional(),
};

export interface Judged {
  of?: Rule | undefined;
  target?: Rule | undefined;
  low?: Rule | undefined;
  high?: Rule | undefined;
  direction?: string | undefined;
}

/** The value and what it is judged by, as operands. */
export function openJudged(rule: Judged, scope: Scope): Operand[] {
  const direction = directionOf(rule.direction ?? 'item.direction', scope);
  const of = (as: 'of' | 'target' | 'low' | 'high', path: string) => evaluate(rule[as] ?? path, within(scope, as), as);
  return [
    of('of', 'item.actual'),
    ...(direction === 'band' ? [of('low', 'item.low'), of('high', 'item.high')] : [of('target', 'item.target')]),
    setting('direction', direction),
  ];
}

function directionOf(stated: string, scope: Scope): Direction {
  const isDirection = (word: unknown): word is Direction => DIRECTIONS.some((one) => one === word);
  if (isDirection(stated)) return stated;
  const { value } = lookUp(stated, scope);
  if (isDirection(value)) return value;
  throw new ScoreFault(
    'score.direction',
    placeText({ up: scope.place, part: 'direction' }),
    { zh: `“${stated}”没有说明方向。`, en: `"${stated}" is no direction.` },
    { zh: '写 up（越高越好）、down（越低越好）或 band（区间内为好）。', en: 'Write up, down or band.' },
  );
}
