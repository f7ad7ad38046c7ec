import { lintRule } from '../../../scoring/lint.ts';
import { type Read, readsOf } from '../../../scoring/reads.ts';
import { handsOut } from '../../block.ts';
import { type Model, type Site, sitesOf } from '../../model.ts';
import { error, type Finding, pathText, text } from '../finding.ts';
import { type Known, meetingNames, namesAt } from '../known.ts';
import type { Rule } from './rule.ts';
import { nameFindings } from './shows.ts';

/** A scoring rule is right in itself, and names values, data and groups of assessors that are there. */
export const scoringRules: Rule = (model) =>
  sitesOf(model, 'compute').flatMap((site): Finding[] => {
    const { rule } = site.block;
    if (rule.kind !== 'rule' && rule.kind !== 'score') return [];
    const path = `${site.path}.rule.rule`;
    const at = (inside: string) => `${path}${inside === '' || inside.startsWith('[') ? inside : `.${inside}`}`;
    return [
      ...lintRule(rule.rule).map((one) => ({ ...one, path: at(one.path) })),
      ...readsOf(rule.rule).flatMap((read) => readFindings(model, site, rule.kind, read, at(pathText(read.at)))),
    ];
  });

function readFindings(model: Model, site: Site, kind: 'rule' | 'score', read: Read, path: string): Finding[] {
  const [root = '', name, ...rest] = read.parts;
  if (kind === 'rule' && BESIDE.has(root)) return [notInCase(root, path)];
  if (root === 'ballots' && name !== undefined)
    return model.template.assessors?.some((group) => group.key === name) ? [] : [noGroup(name, path)];
  if (root !== 'values' || name === undefined) return [];
  if (kind === 'score' && givesBefore(model, site, name)) return [];
  const known = kind === 'score' ? meetingNames(model, site).get(name) : namesAt(model, site).get(name);
  if (!known) return nameFindings(model, site, name, path);
  if (!read.figure || rest.length > 0) return [];
  return read.required ? certain(known, name, path) : number(known, name, path);
}

/** What only the server knows, beside the case. */
const BESIDE: ReadonlySet<string> = new Set(['indicators', 'ballots', 'adjustments', 'history']);

const notInCase = (root: string, path: string): Finding =>
  error(
    'rule.notInCase',
    path,
    text(`单位的流程里没有“${root}”。`, `A case by itself has no "${root}".`),
    text('改用全周期的 score 区块。', 'Use a `score` block of the cycle.'),
  );

const noGroup = (group: string, path: string): Finding =>
  error(
    'rule.noGroup',
    path,
    text(`没有评价主体“${group}”。`, `There is no group of assessors "${group}".`),
    text('改正名称，或在 assessors 里增加。', 'Correct the name, or add the group to `assessors`.'),
  );

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

const number = (known: Known, name: string, path: string): Finding[] =>
  known.type.kind === 'number' || known.type.kind === 'any'
    ? []
    : [
        error(
          'value.notNumber',
          path,
          text(`“${name}”不是数字。`, `"${name}" is not a number.`),
          text('只能用数字字段或计算值。', 'Use a decimal field or a computed value.'),
        ),
      ];

function certain(known: Known, name: string, path: string): Finding[] {
  const findings = number(known, name, path);
  if (findings.length > 0 || known.certain) return findings;
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
