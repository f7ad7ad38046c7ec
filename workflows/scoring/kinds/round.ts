import { z } from 'zod';
import { evaluate } from '../evaluate.ts';
import { ROUNDING, type RoundingMode, rounded } from '../exact.ts';
import { type Kind, type Named, named, setting } from '../kind.ts';
import { type Rule, rule } from '../rule.ts';
import { within } from '../scope.ts';

/** How a value is rounded. */
export const rounding = {
  places: z.int().min(0).max(6),
  mode: z.enum(Object.keys(ROUNDING) as [RoundingMode, ...RoundingMode[]]),
};

/** 修约: rounded here, and nowhere else. */
export const roundSchema = z.strictObject({ kind: z.literal('round'), ...named, of: rule(), ...rounding });
export interface Round extends Named {
  kind: 'round';
  of: Rule;
  places: number;
  mode: RoundingMode;
}

export const round: Kind<Round> = {
  title: { zh: '修约', en: 'rounded' },
  open: ({ of, places, mode }, scope) => [
    evaluate(of, within(scope, 'of'), 'of'),
    setting('places', places),
    setting('mode', mode),
  ],
  value: (operands) => {
    const of = operands.exact('of');
    return of && rounded(of, Number(operands.setting('places')), operands.setting('mode') as RoundingMode);
  },
  words: ({ of, told, pick }) => {
    const [zh, en] = MODES[told('mode') as RoundingMode];
    return pick(
      `${of('of')} ${zh}到 ${told('places')} 位小数`,
      `${of('of')} rounded ${en} to ${told('places')} places`,
    );
  },
};

const MODES: Record<RoundingMode, [string, string]> = {
  halfUp: ['四舍五入', 'half up'],
  halfEven: ['四舍六入五成双', 'half to even'],
  ceil: ['向上取', 'up'],
  floor: ['向下取', 'down'],
};
