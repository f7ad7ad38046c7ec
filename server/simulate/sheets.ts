import { Decimal } from 'decimal.js';
import { brokenRules } from '../../workflows/ballots/rules.ts';
import type { AssessorGroup, BallotRule, Scale } from '../../workflows/ballots/schema.ts';
import { type Ballot, type Cast, checkSheet, type Target } from '../../workflows/ballots/sheet.ts';

/** What an assessor thinks of a unit in an item, from 0 to 1. */
export type Opinion = (participant: string, item: string) => number;

/**
 * Fills in a sheet as an assessor would who thinks so, and who keeps the group's rules; a `careless` one gives everybody the same
 * where that only spoils the sheet. @throws when the rules cannot be kept
 */
export function fillSheet(
  group: AssessorGroup,
  targets: readonly Target[],
  opinion: Opinion,
  { careless = false, blank = () => false }: { careless?: boolean; blank?: (participant: string) => boolean } = {},
): Cast[] {
  const { scale } = group;
  const wanted = targets.flatMap(({ participant, items }) =>
    items.map((item): Ballot => {
      if (group.abstain && blank(participant)) return { participant, item, value: null, option: null };
      return { participant, item, ...placeOn(scale, careless ? 0.8 : opinion(participant, item)) };
    }),
  );
  const ballots = keepRules(group, wanted);
  const casts = ballots.map(castOf);
  const { errors } = checkSheet(group, targets, casts);
  const wrong = errors[0];
  if (wrong) throw new Error(`the simulator cannot fill in a sheet of "${group.key}": ${wrong.message.en}`);
  return casts;
}

const castOf = ({ participant, item, value, option }: Ballot): Cast => ({
  participant,
  item,
  ...(option !== null ? { option } : value !== null ? { value } : { abstain: true }),
});

/** The place on a scale that a share of it comes to. */
function placeOn(scale: Scale, share: number): Pick<Ballot, 'value' | 'option'> {
  if ('options' in scale) {
    const best = [...scale.options].sort((a, b) => new Decimal(b.points).comparedTo(a.points));
    const found = best[Math.min(best.length - 1, Math.floor((1 - share) * 1.6 * best.length))] ?? best[0];
    return { value: found?.points ?? null, option: found?.key ?? null };
  }
  const min = new Decimal(scale.min);
  const step = stepOf(scale);
  const steps = new Decimal(scale.max).minus(min).times(share).div(step).round();
  return { value: Decimal.min(scale.max, min.plus(steps.times(step))).toFixed(), option: null };
}

const stepOf = ({ min, max, step }: Extract<Scale, { min: string }>): Decimal =>
  step ? new Decimal(step) : new Decimal(new Decimal(max).minus(min).gte(10) ? 1 : 0.1);

/** Moves the ballots that a rule has too many of, or too few: those nearest to its bound. */
function keepRules(group: AssessorGroup, given: readonly Ballot[]): Ballot[] {
  let ballots = [...given];
  for (let tries = 0; tries < 2 * ballots.length + 10; tries += 1) {
    const broken = brokenRules(group, ballots).find(({ effect }) => effect === 'refuse');
    const rule = broken && group.rules?.[broken.index];
    if (!rule) return ballots;
    ballots = moveOne(group, rule, ballots);
  }
  return ballots;
}

function moveOne({ scale }: AssessorGroup, rule: BallotRule, ballots: readonly Ballot[]): Ballot[] {
  const given = ballots.filter(({ value }) => value !== null);
  const sorted = [...given].sort((a, b) => new Decimal(a.value ?? 0).comparedTo(b.value ?? 0));
  const fits = ({ value, option }: Ballot) =>
    rule.kind === 'notAllEqual' ||
    ((rule.option === undefined || option === rule.option) &&
      (rule.from === undefined || new Decimal(value ?? 0).gte(rule.from)) &&
      (rule.below === undefined || new Decimal(value ?? 0).lt(rule.below)));
  const surplus = rule.kind !== 'atLeast';
  const candidates = sorted.filter((ballot) => fits(ballot) === surplus);
  const lowers = surplus
    ? !(rule.kind === 'atMost' && rule.below !== undefined)
    : rule.kind === 'atLeast' && rule.below !== undefined;
  // Too many high ones: the lowest of them goes down. Too few low ones: the lowest of the others does.
  const chosen = lowers ? candidates[0] : candidates.at(-1);
  return ballots.map((ballot) => (ballot === chosen ? { ...ballot, ...moved(scale, rule, ballot, lowers) } : ballot));
}

function moved(
  scale: Scale,
  rule: BallotRule,
  { option, value }: Ballot,
  down: boolean,
): Pick<Ballot, 'value' | 'option'> {
  if ('options' in scale) {
    const keys = scale.options;
    const at = keys.findIndex(({ key }) => key === option);
    const wanted =
      rule.kind === 'atLeast' ? keys.find(({ key }) => key === rule.option) : (keys[at + 1] ?? keys[at - 1]);
    return wanted ? { value: wanted.points, option: wanted.key } : { value, option };
  }
  const step = stepOf(scale);
  if (rule.kind === 'notAllEqual' && new Decimal(value ?? 0).eq(scale.min))
    return { value: step.plus(scale.min).toFixed(), option };
  const bound = rule.kind === 'notAllEqual' ? (value ?? scale.min) : (rule.from ?? rule.below ?? scale.min);
  const below = Decimal.max(scale.min, onSteps(scale, new Decimal(bound).minus(step)));
  return {
    value: (down ? below : onSteps(scale, new Decimal(bound).plus(step).minus('0.000001'))).toFixed(),
    option: null,
  };
}

/** The scale's step at or below a number. */
function onSteps(scale: Extract<Scale, { min: string }>, number: Decimal): Decimal {
  const step = stepOf(scale);
  return number.minus(scale.min).div(step).floor().times(step).plus(scale.min);
}
