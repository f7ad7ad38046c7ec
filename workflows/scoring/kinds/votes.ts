import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { pathSchema } from '../data.ts';
import { amount, Exact } from '../exact.ts';
import { decimal, type Kind, named, setting } from '../kind.ts';
import { lookUp, notNumber, type Scope } from '../scope.ts';

/**
 * 票决: points for each option, over the valid votes: those for an option that is named here, so abstentions do not count.
 * A share of votes is 100 points for the option and 0 for the others. No valid vote: not applicable.
 */
export const votesSchema = z.strictObject({
  kind: z.literal('votes'),
  ...named,
  of: pathSchema,
  points: z.record(z.string().min(1).max(64), decimal),
});
export type Votes = z.infer<typeof votesSchema>;

export const votes: Kind<Votes> = {
  title: { zh: '票决', en: 'votes' },
  open: ({ of, points }, scope) => {
    const { value, source } = lookUp(of, scope);
    return [
      { as: 'votes', amount: null, input: { name: 'votes', value: countsOf(value, points, source, scope), source } },
      setting('points', points),
    ];
  },
  value: (operands) => {
    const { valid, sum } = tally(operands.setting('votes'), operands.setting('points'));
    return valid === 0 ? null : amount(new Exact(sum).div(valid));
  },
  words: ({ told, pick }) => {
    const { valid, terms } = tally(told('votes'), told('points'));
    if (valid === 0) return pick('无有效票', 'no valid vote');
    return pick(`(${terms.join(' + ')}) ÷ ${valid} 张有效票`, `(${terms.join(' + ')}) ÷ ${valid} valid votes`);
  },
};

function countsOf(value: unknown, points: Votes['points'], source: string, scope: Scope): Json {
  if (value === undefined || value === null) return null;
  const stats = value as JsonObject;
  const counts = isJsonObject(stats) && isJsonObject(stats.counts ?? null) ? (stats.counts as JsonObject) : stats;
  if (!isJsonObject(counts)) throw notNumber(source, scope.place);
  return Object.fromEntries(
    Object.keys(points).map((option) => {
      const count = counts[option] ?? 0;
      if (typeof count !== 'number' || !Number.isInteger(count) || count < 0)
        throw notNumber(`${source}.${option}`, scope.place);
      return [option, count];
    }),
  );
}

function tally(votes: Json | undefined, points: Json | undefined): { valid: number; sum: string; terms: string[] } {
  let [valid, sum] = [0, new Exact(0)];
  const terms: string[] = [];
  for (const [option, count] of Object.entries(isJsonObject(votes ?? null) ? (votes as Record<string, number>) : {})) {
    const worth = (points as Record<string, string>)[option] ?? '0';
    valid += count;
    sum = sum.plus(new Exact(worth).times(count));
    if (count > 0) terms.push(`${worth} × ${count}`);
  }
  return { valid, sum: sum.toFixed(), terms };
}
