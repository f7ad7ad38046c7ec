import { Exact } from '../scoring/exact.ts';
import type { Text } from '../text.ts';
import { brokenRules } from './rules.ts';
import type { AssessorGroup, Scale } from './schema.ts';

/** The item of a group that gives one ballot for each unit. */
export const OVERALL = 'overall';

/** What an assessor says of one item of a participant: a `value`, an `option`, or on purpose nothing. */
export interface Cast {
  participant: string;
  item?: string | undefined;
  value?: string | undefined;
  option?: string | undefined;
  abstain?: boolean | undefined;
}

/** A participant on a sheet and its items. */
export interface Target {
  participant: string;
  items: readonly string[];
}

/** A ballot as it is kept: an option with its points, an abstention with neither. */
export interface Ballot {
  participant: string;
  item: string;
  value: string | null;
  option: string | null;
}

export type SheetFault = 'scale' | 'notOnSheet' | 'item' | 'twice' | 'missing' | 'rule';
export interface SheetError {
  fault: SheetFault;
  path: string;
  message: Text;
  participant?: string;
}

const NUMBER = /^-?\d{1,12}(\.\d{1,6})?$/;

/**
 * Checks a sheet as a whole: every ballot on the scale, of a unit and item that stand on the sheet, none twice, none missing
 * (unless it is `partial`: a survey asks for whom one knows), then the group's rules over all of them. A `draft` is checked as far as it goes.
 *
 * @returns the ballots to keep; `errors` with the row of each; `spoilt`: rules that it breaks and may be kept all the same
 */
export function checkSheet(
  group: AssessorGroup,
  targets: readonly Target[],
  given: readonly Cast[],
  { partial = false, draft = false }: { partial?: boolean; draft?: boolean } = {},
): { ballots: Ballot[]; errors: SheetError[]; spoilt: Text[] } {
  const itemsOf = new Map(targets.map(({ participant, items }) => [participant, new Set(items)]));
  const seen = new Set<string>();
  const ballots: Ballot[] = [];
  const errors: SheetError[] = [];
  for (const [i, cast] of given.entries()) {
    const { participant, item = OVERALL } = cast;
    const fail = (fault: SheetFault, field: string, zh: string, en: string) =>
      errors.push({ fault, path: `ballots[${i}]${field && `.${field}`}`, message: { zh, en }, participant });
    const items = itemsOf.get(participant);
    if (!items) {
      fail('notOnSheet', 'participant', '该单位不在您的评价表上', 'this unit is not on your sheet');
      continue;
    }
    if (!items.has(item)) {
      fail('item', 'item', `没有评价项“${item}”`, `there is no item "${item}" here`);
      continue;
    }
    const place = `${participant}/${item}`;
    if (seen.has(place)) {
      fail('twice', '', '同一项评价了两次', 'this is scored twice');
      continue;
    }
    seen.add(place);
    const read = readCast(group, cast);
    if ('message' in read) {
      fail('scale', read.field, read.message.zh, read.message.en);
      continue;
    }
    ballots.push({ participant, item, ...read });
  }
  if (!partial && !draft) errors.push(...missing(targets, seen, given.length));
  if (errors.length > 0 || draft) return { ballots, errors, spoilt: [] };
  const broken = brokenRules(group, ballots);
  for (const { index, message, effect } of broken)
    if (effect === 'refuse') errors.push({ fault: 'rule', path: `rules[${index}]`, message });
  return { ballots, errors, spoilt: broken.flatMap(({ effect, message }) => (effect === 'invalid' ? [message] : [])) };
}

/** So many missing ballots are named; nobody reads on. */
const NAMED = 200;

function missing(targets: readonly Target[], seen: ReadonlySet<string>, rows: number): SheetError[] {
  const errors: SheetError[] = [];
  for (const { participant, items } of targets)
    for (const item of items) {
      if (seen.has(`${participant}/${item}`)) continue;
      const message = { zh: '尚未评价', en: 'not scored yet' };
      errors.push({ fault: 'missing', path: `ballots[${rows + errors.length}]`, message, participant });
      if (errors.length === NAMED) return errors;
    }
  return errors;
}

type Read = Pick<Ballot, 'value' | 'option'> | { field: string; message: Text };

function readCast(group: AssessorGroup, { value, option, abstain }: Cast): Read {
  if ([value, option, abstain || undefined].filter((one) => one !== undefined).length !== 1)
    return wrong('', '请打分、选择或弃权，三者取一', 'give a score, an option, or abstain: one of them');
  if (abstain)
    return group.abstain ? { value: null, option: null } : wrong('abstain', '此处不能弃权', 'no abstention here');
  return 'options' in group.scale ? readOption(group.scale, option) : readNumber(group.scale, value);
}

function readOption({ options }: Extract<Scale, { options: unknown }>, option: string | undefined): Read {
  const found = options.find(({ key }) => key === option);
  if (found) return { value: found.points, option: found.key };
  const keys = options.map(({ key }) => key).join(', ');
  return wrong('option', `请从 ${keys} 中选择`, `choose one of ${keys}`);
}

function readNumber({ min, max, step }: Extract<Scale, { min: string }>, value: string | undefined): Read {
  const expected = wrong(
    'value',
    `应为 ${min} 至 ${max} 之间的数${step ? `，间隔 ${step}` : ''}`,
    `a number from ${min} to ${max}${step ? ` in steps of ${step}` : ''}`,
  );
  if (value === undefined || !NUMBER.test(value)) return expected;
  const number = new Exact(value);
  if (number.lt(min) || number.gt(max)) return expected;
  if (step && !number.minus(min).mod(step).isZero()) return expected;
  return { value: number.toFixed(), option: null };
}

const wrong = (field: string, zh: string, en: string) => ({ field, message: { zh, en } });
