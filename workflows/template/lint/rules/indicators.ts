import { computeOrder, FormulaError } from '../../../indicators/formula.ts';
import { ISSUED_CODE } from '../../../indicators/issued.ts';
import type { Indicator, IndicatorsSection } from '../../../indicators/schema.ts';
import { weightSum } from '../../../indicators/weights.ts';
import { Exact } from '../../../scoring/exact.ts';
import { humanSites, type Model } from '../../model.ts';
import { asksOwners } from '../../owners.ts';
import type { CycleTemplate } from '../../schema.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import type { Rule } from './rule.ts';

/** The section `indicators`: codes, references, bands, formulas, key tasks, and the weights of what everyone has. */
export const indicators: Rule = (model) => {
  const { template } = model;
  const section = template.indicators;
  if (!section) return compared(model);
  return [
    ...section.list.flatMap((one, i) => oneFindings(template, section, one, `indicators.list[${i}]`)),
    ...codeFindings(section),
    ...taskFindings(template, section),
    ...formulaFindings(section),
    ...weightFindings(template, section),
    ...issuedFindings(model, section),
    ...ownerFindings(template, section),
    ...compared(model),
  ];
};

/** An owner that is another unit is told by a notice only, unless the template gives it a task of its own. */
const ownerFindings = (template: CycleTemplate, { list }: IndicatorsSection): Finding[] => {
  const at = list.findIndex(({ owner, jointOwners = [] }) => owner !== undefined || jointOwners.length > 0);
  if (at < 0 || asksOwners(template)) return [];
  return [
    warning(
      'indicator.ownerNotAsked',
      `indicators.list[${at}].${list[at]?.owner === undefined ? 'jointOwners' : 'owner'}`,
      text(
        '责任单位或协办单位是其他单位，但没有让它们报送的步骤：它们只会收到通知。',
        'Another unit owns this indicator, and no step asks it for the value: it gets no more than a notice.',
      ),
      text(
        '加一个按责任单位循环的报送步骤，表格来源为 owned。',
        'Add a repeat over the owners with a form whose table has the source "owned".',
      ),
    ),
  ];
};

function oneFindings(template: CycleTemplate, section: IndicatorsSection, one: Indicator, path: string): Finding[] {
  const findings: Finding[] = [];
  if (
    one.direction === 'band' &&
    !(one.low !== undefined && one.high !== undefined && new Exact(one.low).lte(one.high))
  )
    findings.push(
      error(
        'indicator.band',
        `${path}.low`,
        text('区间型指标应有下限和上限，下限不大于上限。', 'A band needs low and high, and low is not above high.'),
        text('写明 low 和 high。', 'Give low and high.'),
      ),
    );
  const { min, max } = one.plausible ?? {};
  if (min !== undefined && max !== undefined && new Exact(min).gt(max))
    findings.push(
      error(
        'indicator.plausible',
        `${path}.plausible`,
        text('最小值大于最大值，没有可能的取值。', 'The least is above the most: no value is possible.'),
        text('改正 plausible。', 'Correct plausible.'),
      ),
    );
  (one.categories ?? []).forEach((category, i) => {
    if (!Object.hasOwn(template.categories, category)) findings.push(unknown(`${path}.categories[${i}]`, category));
  });
  if (one.group !== undefined && section.groups && !Object.hasOwn(section.groups, one.group))
    findings.push(unknown(`${path}.group`, one.group));
  findings.push(...approverFindings(template, one.approves, `${path}.approves`));
  if (one.parent !== undefined && !section.list.some(({ code }) => code === one.parent))
    findings.push(unknown(`${path}.parent`, one.parent));
  return findings;
}

const unknown = (path: string, name: string): Finding =>
  error(
    'indicator.unknown',
    path,
    text(`“${name}”不存在。`, `There is no "${name}".`),
    text('改正拼写，或先定义它。', 'Correct the spelling, or define it.'),
  );

/** Who decides on a key target holds the role for the whole city. */
const approverFindings = ({ roles }: CycleTemplate, role: string | undefined, path: string): Finding[] =>
  role === undefined || (Object.hasOwn(roles, role) && roles[role]?.scope === 'city') ? [] : [unknown(path, role)];

function codeFindings({ list, keyTasks = [] }: IndicatorsSection): Finding[] {
  const seen = new Set<string>();
  const named = [
    ...list.map(({ code }, i) => ({ code, path: `indicators.list[${i}].code` })),
    ...keyTasks.map(({ code }, i) => ({ code, path: `indicators.keyTasks[${i}].code` })),
  ];
  return named.flatMap(({ code, path }) => {
    if (!seen.has(code)) {
      seen.add(code);
      return [];
    }
    return [
      error(
        'indicator.twice',
        path,
        text(`代码“${code}”出现两次。`, `The code "${code}" is there twice.`),
        text('每个指标一个代码。', 'Give each indicator a code of its own.'),
      ),
    ];
  });
}

function taskFindings(template: CycleTemplate, { keyTasks = [] }: IndicatorsSection): Finding[] {
  return keyTasks.flatMap((task, i): Finding[] => {
    const approver = approverFindings(template, task.approves, `indicators.keyTasks[${i}].approves`);
    const sum = weightSum(task.years.map(({ amount }) => ({ weight: amount })));
    if (new Exact(sum).eq(task.total)) return approver;
    return [
      ...approver,
      error(
        'keyTask.sum',
        `indicators.keyTasks[${i}].years`,
        text(`各年合计 ${sum}，应为 ${task.total}。`, `The years add up to ${sum}, not to ${task.total}.`),
        text('改正各年的数量。', 'Correct the amounts.'),
      ),
    ];
  });
}

/** What the office issues is a table of the cycle that says what each indicator is called and measured in. */
function issuedFindings(model: Model, { issued, list, keyTasks = [] }: IndicatorsSection): Finding[] {
  if (issued === undefined) return [];
  const table = humanSites(model)
    .filter(({ block }) => block.per === 'cycle')
    .flatMap(({ block }) => block.fields ?? [])
    .find(({ key, type }) => key === issued && type === 'table');
  const columns = table?.type === 'table' ? table.columns.map(({ key }) => key) : [];
  const taken = [...list, ...keyTasks].filter(({ code }) => ISSUED_CODE.test(code));
  return [
    ...(['name', 'unit'].every((key) => columns.includes(key))
      ? []
      : [
          error(
            'indicator.issued',
            'indicators.issued',
            text(
              `“${issued}”不是全周期的、有 name 和 unit 两列的表。`,
              `"${issued}" is no table of the cycle with the columns "name" and "unit".`,
            ),
            text('指明 per: "cycle" 的任务中的表。', 'Name a table of a task with per: "cycle".'),
          ),
        ]),
    ...taken.map(({ code }) =>
      error(
        'indicator.issued',
        'indicators.issued',
        text(`代码“${code}”留给下达的指标（D1、D2……）。`, `The code "${code}" is kept for what is issued (D1, D2 …).`),
        text('换一个代码。', 'Give it another code.'),
      ),
    ),
  ];
}

/** Whoever compares says with which place. */
const compared = (model: Model): Finding[] =>
  model.template.indicators?.benchmark
    ? []
    : humanSites(model).flatMap(({ block, path }) =>
        (block.fields ?? []).flatMap((field, i) =>
          field.type === 'table' && field.source === 'benchmark'
            ? [
                error(
                  'indicator.benchmark',
                  `${path}.fields[${i}].source`,
                  text('没有指明与哪里对标。', 'It does not say with which place to compare.'),
                  text('写明 indicators.benchmark.place。', 'Name it in indicators.benchmark.place.'),
                ),
              ]
            : [],
        ),
      );

function formulaFindings({ list }: IndicatorsSection): Finding[] {
  try {
    computeOrder(list);
    return [];
  } catch (cause) {
    if (!(cause instanceof FormulaError)) throw cause;
    const { codes } = cause;
    const at = list.findIndex(({ code, formula }) => formula !== undefined && codes.includes(code));
    return [error(cause.id, `indicators.list[${at}].formula`, cause.text, text('改正公式。', 'Correct the formula.'))];
  }
}

/** In every category, what all units have weighs its share; never more than the total. */
function weightFindings(template: CycleTemplate, section: IndicatorsSection): Finding[] {
  return Object.keys(template.categories).flatMap((category) => {
    const common = section.list.flatMap(({ kind, categories, units, weight }) =>
      kind === 'common' && !units && weight !== undefined && (!categories || categories.includes(category))
        ? [{ weight }]
        : [],
    );
    if (common.length === 0) return [];
    const sum = weightSum(common);
    const wanted = section.commonShare ?? section.total;
    const right =
      section.commonShare !== undefined
        ? new Exact(sum).eq(wanted)
        : section.weights === 'rescale' || new Exact(sum).lte(wanted);
    if (right) return [];
    return [
      error(
        'indicator.weights',
        'indicators.list',
        text(
          `类别“${category}”的共性指标权重合计 ${sum}，应为 ${wanted}。`,
          `The common indicators of "${category}" weigh ${sum}, not ${wanted}.`,
        ),
        text('改正权重。', 'Correct the weights.'),
      ),
    ];
  });
}
