import { Exact } from '../../../scoring/exact.ts';
import { wrongAnchors } from '../../anchors.ts';
import type { Column, Field } from '../../field.ts';
import { humanSites } from '../../model.ts';
import { isOfOwner } from '../../owners.ts';
import { error, type Finding, text, warning } from '../finding.ts';
import type { Rule } from './rule.ts';

/** Forms that could never be filled in rightly. */
export const fields: Rule = (model) =>
  humanSites(model).flatMap((site) =>
    (site.block.fields ?? []).flatMap((field, i, all): Finding[] => {
      const { path, phase } = site;
      const at = `${path}.fields[${i}]`;
      return [
        ...(all.slice(0, i).some((other) => other.key === field.key) ? [duplicate(`${at}.key`, field.key)] : []),
        ...oneField(field, at),
        ...(field.type === 'table' ? table(field, at) : []),
        ...(field.type === 'longText' && field.source ? report(field, at, phase) : []),
        ...(field.type === 'table' && field.source === 'owned' && !isOfOwner(model.template, site)
          ? [nobodys(at)]
          : []),
      ];
    }),
  );

const duplicate = (path: string, key: string): Finding =>
  error(
    'field.duplicate',
    path,
    text(`“${key}”出现了两次。`, `"${key}" is there twice.`),
    text('删除一个，或改名。', 'Remove one of them, or rename it.'),
  );

function oneField(field: Field | Column, path: string): Finding[] {
  const findings: Finding[] = [];
  if (field.type === 'decimal' && field.min !== undefined && field.max !== undefined)
    if (new Exact(field.min).gt(field.max))
      findings.push(
        error(
          'field.range',
          `${path}.min`,
          text('最小值大于最大值，任何数都不合格。', 'The least value is above the greatest: no number fits.'),
          text('交换或改正 min 与 max。', 'Swap or correct min and max.'),
        ),
      );
  if (field.type === 'decimal')
    for (const { index, why } of wrongAnchors(field.anchors ?? [], field))
      findings.push(
        error(
          'field.anchors',
          `${path}.anchors[${index}].at`,
          why,
          text('改正锚点的分值。', 'Correct the point of the anchor.'),
        ),
      );
  if (field.type === 'choice')
    field.options.forEach((option, i) => {
      if (field.options.slice(0, i).some((other) => other.value === option.value))
        findings.push(duplicate(`${path}.options[${i}].value`, option.value));
    });
  return findings;
}

const nobodys = (path: string): Finding =>
  error(
    'field.source',
    `${path}.source`,
    text(
      '这里没有责任单位，表里永远没有行。',
      'There is no unit here that owns indicators, so the table never has rows.',
    ),
    text(
      '放进按责任单位（计算区块 owners 的结果）重复的区块里。',
      'Move it into a repeat over the rows of an `owners` block.',
    ),
  );

/** A report with fewer characters than this would be cut in its first part. */
const LEAST_REPORT = 2000;

function report(field: Extract<Field, { type: 'longText' }>, path: string, phase: string): Finding[] {
  return [
    ...(field.maxLength !== undefined && field.maxLength < LEAST_REPORT
      ? [
          error(
            'field.source',
            `${path}.maxLength`,
            text(
              `报告文字写不下：至少要能写 ${LEAST_REPORT} 字。`,
              `A report needs more room: ${LEAST_REPORT} characters at least.`,
            ),
            text('加大或删除 maxLength。', 'Raise maxLength, or leave it out.'),
          ),
        ]
      : []),
    ...(phase === 'plan'
      ? [
          warning(
            'field.source',
            `${path}.source`,
            text('目标制定阶段还没有可以报告的数值。', 'In the plan phase there are no values yet to report.'),
            text('把它放到后面的阶段，或删除 source。', 'Put it into a later phase, or take `source` away.'),
          ),
        ]
      : []),
  ];
}

function table(field: Extract<Field, { type: 'table' }>, path: string): Finding[] {
  const findings: Finding[] = field.columns.flatMap((column, i) => [
    ...(field.columns.slice(0, i).some((other) => other.key === column.key)
      ? [duplicate(`${path}.columns[${i}].key`, column.key)]
      : []),
    ...oneField(column, `${path}.columns[${i}]`),
  ]);
  if (field.source !== undefined && !field.columns.some(({ key, type }) => key === 'code' && type === 'text'))
    findings.push(
      error(
        'field.source',
        `${path}.source`,
        text('由系统给出的行要有文字列 code。', 'Rows that are given are known by a text column "code".'),
        text('加上 key 为 code 的文字列。', 'Add a column of type text with the key "code".'),
      ),
    );
  if ((field.minRows ?? 0) > (field.maxRows ?? 500))
    findings.push(
      error(
        'field.rows',
        `${path}.minRows`,
        text('要求的行数多于允许的行数。', 'More rows are asked for than are allowed.'),
        text('改正 minRows 或 maxRows。', 'Correct minRows or maxRows.'),
      ),
    );
  if (field.required && field.minRows === 0)
    findings.push(
      warning(
        'field.rows',
        `${path}.minRows`,
        text('必填的表至少要有一行。', 'A required table has at least one row.'),
        text('把 minRows 设为 1 或删除。', 'Set minRows to 1, or leave it out.'),
      ),
    );
  if ((field.source === 'earlier') !== (field.of !== undefined))
    findings.push(
      error(
        'field.source',
        `${path}.of`,
        text(
          '来源 earlier 要用 of 指明前面的表；其他来源不用 of。',
          'The source "earlier" says by `of` which table; others have no `of`.',
        ),
        text('补上或删除 of。', 'Add `of`, or take it away.'),
      ),
    );
  const covered = field.columns.find(({ key }) => key === field.covers);
  if (field.covers !== undefined && (covered?.type !== 'choice' || covered.options.length > (field.maxRows ?? 500)))
    findings.push(
      error(
        'field.covers',
        `${path}.covers`,
        text(
          'covers 应指明一个选择列，且允许的行数不少于选项数。',
          '`covers` names a column of type choice, with room for a row for each option.',
        ),
        text('改正 covers 或 maxRows。', 'Correct `covers` or `maxRows`.'),
      ),
    );
  return [...findings, ...total(field, path)];
}

function total(field: Extract<Field, { type: 'table' }>, path: string): Finding[] {
  if (!field.total) return [];
  const column = field.columns.find((one) => one.key === field.total?.column);
  if (column?.type !== 'decimal')
    return [
      error(
        'field.total.column',
        `${path}.total.column`,
        text(
          `“${field.total.column}”不是这张表的数字列。`,
          `"${field.total.column}" is not a decimal column of this table.`,
        ),
        text('合计只能针对数字列。', 'Only a decimal column can be added up.'),
      ),
    ];
  const is = new Exact(field.total.is);
  const rows = field.maxRows ?? 500;
  const tooHigh = column.max !== undefined && new Exact(column.max).times(rows).lt(is);
  const tooLow = column.min !== undefined && new Exact(column.min).times(Math.max(field.minRows ?? 1, 1)).gt(is);
  const tooFine = column.places !== undefined && is.decimalPlaces() > column.places;
  if (!tooHigh && !tooLow && !tooFine) return [];
  return [
    error(
      'field.total.unreachable',
      `${path}.total.is`,
      text(
        '按这一列的取值范围和行数，合计达不到这个数。',
        'With this column and these rows the total can never be reached.',
      ),
      text('改正合计、取值范围或行数。', 'Correct the total, the range or the number of rows.'),
    ),
  ];
}
