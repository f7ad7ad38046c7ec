import { OPINION_LENGTH, type PublishFrom } from '../../../publish/schema.ts';
import type { Block } from '../../block.ts';
import type { Field } from '../../field.ts';
import { isHuman, type Model, type Site, sitesOf } from '../../model.ts';
import { error, type Finding, text } from '../finding.ts';
import type { Rule } from './rule.ts';

type Sourced = Extract<Field, { type: 'table' }>;

/** The section `publish`: from blocks that are there, words of fields that are filled in, and a consultation that is answered. */
export const publish: Rule = (model) => {
  const { publish: section = {} } = model.template;
  const { consultation, texts = [], ...parts } = section;
  const findings = Object.entries(parts).flatMap(([part, said]) =>
    said ? fromFindings(model, `publish.${part}.from`, said.from) : [],
  );
  for (const [i, { field: name, from }] of texts.entries()) {
    findings.push(...fromFindings(model, `publish.texts[${i}].from`, from));
    if (!fieldsOf(model, name).some(({ field }) => field.type === 'longText' || field.type === 'text'))
      findings.push(
        error(
          'publish.text',
          `publish.texts[${i}].field`,
          text(`没有名为“${name}”的文字字段。`, `There is no field of text called "${name}".`),
          text('写一个任务或审批的文字字段。', 'Name a text field of a task or an approval.'),
        ),
      );
  }
  return [...findings, ...consultationFindings(model, consultation), ...unconsulted(model, consultation?.into)];
};

function fromFindings(model: Model, path: string, from: PublishFrom): Finding[] {
  if ('date' in from) return [];
  const site = model.byKey.get(from.block);
  if (!site)
    return [
      error(
        'publish.block',
        `${path}.block`,
        text(`没有区块“${from.block}”。`, `There is no block "${from.block}".`),
        text('写模板中一个区块的键。', 'Name the key of a block of the template.'),
      ),
    ];
  if (site.machine === 'participant' || site.machine === 'cycle') return [];
  return [
    error(
      'publish.block',
      `${path}.block`,
      text(
        '逐项流程中的区块不能决定何时公开。',
        'A block in the case of an item cannot say when something becomes public.',
      ),
      text('改用单位或周期流程中的区块。', 'Name a block of the unit’s own case or of the cycle’s.'),
    ),
  ];
}

type Consultation = NonNullable<NonNullable<Model['template']['publish']>['consultation']>;

function consultationFindings(model: Model, consultation: Consultation | undefined): Finding[] {
  if (!consultation) return [];
  const { during, into, answer } = consultation;
  const findings: Finding[] = [];
  const window = model.byKey.get(during);
  if (window?.block.type !== 'window' || window.machine !== 'participant')
    findings.push(
      error(
        'publish.window',
        'publish.consultation.during',
        text(`“${during}”不是单位流程中的公示区块。`, `"${during}" is no window of the unit’s case.`),
        text('写单位流程中一个 window 区块的键。', 'Name a block of type window in the unit’s case.'),
      ),
    );
  const table = fieldsOf(model, into).find(({ field }) => isConsulted(field));
  if (!table || (window && !answers(table.site, window)))
    findings.push(
      error(
        'publish.table',
        'publish.consultation.into',
        text(
          `之后没有来源为 consultation 的表“${into}”。`,
          `No table "${into}" with the source consultation comes after it.`,
        ),
        text(
          '在征求意见之后的任务中加入该表，写 source: "consultation"。',
          'Add the table, with source: "consultation", to a task after the window.',
        ),
      ),
    );
  if (table) findings.push(...columnFindings(table.field as Sourced, answer));
  return findings;
}

function columnFindings({ columns }: Sourced, answer: string): Finding[] {
  const column = (key: string) => columns.find((one) => one.key === key);
  const opinion = column('opinion');
  const long = opinion?.type === 'text' && (opinion.maxLength ?? OPINION_LENGTH) >= OPINION_LENGTH;
  const fits = column('code')?.type === 'text' && long && column(answer)?.type === 'text';
  return fits
    ? []
    : [
        error(
          'publish.columns',
          'publish.consultation.answer',
          text(
            `表中须有文字列 code、opinion（至少 ${OPINION_LENGTH} 字）和“${answer}”。`,
            `The table needs text columns code, opinion (${OPINION_LENGTH} characters or more) and "${answer}".`,
          ),
          text('补上缺少的列。', 'Add what is missing.'),
        ),
      ];
}

/** A table of public opinions that no consultation fills stays empty for ever. */
function unconsulted(model: Model, into: string | undefined): Finding[] {
  return humanFields(model).flatMap(({ field, path }) =>
    isConsulted(field) && field.key !== into
      ? [
          error(
            'publish.source',
            `${path}.source`,
            text('模板没有填入此表的公众征求意见。', 'No consultation of the template fills this table.'),
            text(
              '在 publish.consultation 中写明，或去掉 source。',
              'Say so in publish.consultation, or leave source out.',
            ),
          ),
        ]
      : [],
  );
}

const isConsulted = (field: Field): boolean => field.type === 'table' && field.source === 'consultation';

const answers = (task: Site, window: Site): boolean =>
  (task.block as Block).type === 'task' && task.machine === window.machine && task.order > window.order;

const humanFields = (model: Model): { site: Site; field: Field; path: string }[] =>
  [...sitesOf(model, 'task'), ...sitesOf(model, 'approval')].flatMap((site) =>
    isHuman(site.block)
      ? (site.block.fields ?? []).map((field, i) => ({ site, field, path: `${site.path}.fields[${i}]` }))
      : [],
  );

const fieldsOf = (model: Model, name: string) => humanFields(model).filter(({ field }) => field.key === name);
