import { Exact } from '../../../scoring/exact.ts';
import { handsOut } from '../../block.ts';
import { type Model, type Site, sitesOf } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import { type Known, meetingNames, namesAt } from '../known.ts';
import type { Rule } from './rule.ts';
import { nameFindings } from './shows.ts';

/** A weighted sum adds up to one whole, of parts that are there and are numbers. */
export const weights: Rule = (model) =>
  sitesOf(model, 'compute').flatMap((site): Finding[] => {
    const { rule } = site.block;
    if (rule.kind !== 'weighted') return [];
    const sum = rule.parts.reduce((total, part) => total.plus(part.weight), new Exact(0));
    const at = `${site.path}.rule.parts`;
    const findings = rule.parts.flatMap((part, i) => [
      ...(rule.parts.slice(0, i).some((other) => other.value === part.value)
        ? [twice(`${at}[${i}].value`, part.value)]
        : []),
      ...valueFindings(model, site, part.value, `${at}[${i}].value`),
    ]);
    if (sum.eq(1)) return findings;
    return [
      error(
        'weights.sum',
        at,
        text(`权重合计为 ${sum.times(100)}%，应为 100%。`, `The weights add up to ${sum.times(100)} %, not to 100 %.`),
        text('改正权重，写成小数，如 "0.6"。', 'Correct them; write decimals such as "0.6".'),
      ),
      ...findings,
    ];
  });

/** What is ranked by is a number that every participant has by then. */
export const rankBy: Rule = (model) =>
  sitesOf(model, 'compute').flatMap((site): Finding[] => {
    const { rule } = site.block;
    if ((rule.kind !== 'rank' && rule.kind !== 'grade') || site.machine !== 'cycle') return [];
    const path = `${site.path}.rule.by`;
    // Another block of the cycle gives it, and leaves out whom it does not concern.
    if (givesBefore(model, site, rule.by)) return [];
    const known = meetingNames(model, site).get(rule.by);
    return known ? certain(known, rule.by, path) : nameFindings(model, site, rule.by, path);
  });

const givesBefore = (model: Model, site: Site, name: string): boolean =>
  sitesOf(model, 'compute').some(
    (other) =>
      other.order < site.order && other.machine === 'cycle' && handsOut(other.block) && other.block.into === name,
  );

function valueFindings(model: Model, site: Site, name: string, path: string): Finding[] {
  const known = namesAt(model, site).get(name);
  return known ? certain(known, name, path) : nameFindings(model, site, name, path);
}

function certain(known: Known, name: string, path: string): Finding[] {
  if (known.type.kind !== 'number' && known.type.kind !== 'any')
    return [
      error(
        'value.notNumber',
        path,
        text(`“${name}”不是数字。`, `"${name}" is not a number.`),
        text('只能用数字字段或计算值。', 'Use a decimal field or a computed value.'),
      ),
    ];
  if (known.certain) return [];
  return [
    error(
      'value.uncertain',
      path,
      text(
        `“${name}”可能没有值，缺一项就无法计算。`,
        `"${name}" may be missing, and a missing value is never taken as 0.`,
      ),
      text(
        '把字段设为必填、不要自动通过，并放在必经的步骤里。',
        'Make the field required, in a block that every case passes and that does not pass by itself.',
      ),
    ),
  ];
}

const twice = (path: string, name: string): Finding =>
  error(
    'weights.twice',
    path,
    text(`“${name}”计了两次。`, `"${name}" is counted twice.`),
    text('每项只列一次。', 'List each part once.'),
  );
