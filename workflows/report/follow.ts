import { Exact } from '../scoring/exact.ts';
import type { Counted, ReportData } from './data.ts';
import type { ReportPart } from './part.ts';
import { nameColumn, numberColumn, paragraph, percent, say, section, shown, some, table } from './words.ts';

const all = ({ states }: Counted): number => states.reduce((sum, { count }) => sum + count, 0);
const byState = ({ states }: Counted, language: 'zh' | 'en'): string =>
  states
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => (language === 'zh' ? `${name.zh} ${count}` : `${count} ${name.en}`))
    .join(language === 'zh' ? '、' : ', ');

/** 预警与督办: what followed from lights and by hand, and suspicious values. */
export function warningParts({ warnings }: ReportData): ReportPart[] {
  if (!warnings) return [];
  const { kinds, overdue, flags } = warnings;
  const given = kinds.filter((kind) => all(kind) > 0);
  const total = given.reduce((sum, kind) => sum + all(kind), 0);
  return section('预警与督办', 'Warnings and supervision', [
    ...paragraph(
      total === 0
        ? say('没有发出预警和督办。', 'No warnings or supervision orders were given.')
        : say(
            `共登记预警、督办 ${total} 件${overdue > 0 ? `，逾期未答复 ${overdue} 件` : ''}。`,
            `${some(total, 'warning and supervision order', 'warnings and supervision orders')} on record${overdue > 0 ? `, ${overdue} without an answer in time` : ''}.`,
          ),
      all(flags) > 0 &&
        say(
          `提示异常数值 ${all(flags)} 处（${byState(flags, 'zh')}）。`,
          `${some(all(flags), 'suspicious value')} flagged (${byState(flags, 'en')}).`,
        ),
    ),
    ...table(
      'warnings',
      say('各类预警与督办', 'Warnings and orders by kind'),
      [nameColumn('种类', 'Kind'), numberColumn('件数', 'Number'), { name: say('状态', 'State'), is: 'words' }],
      given.map((kind) => [kind.name, String(all(kind)), say(byState(kind, 'zh'), byState(kind, 'en'))]),
    ),
  ]);
}

/** 问题与整改: what was found, and what has been put right. */
export function rectificationParts({ findings, rectification }: ReportData): ReportPart[] {
  const { total, open, closed, carried, overdue } = rectification;
  if (findings.total === 0 && total === 0) return [];
  return section('问题与整改', 'Findings and rectification', [
    {
      kind: 'figures',
      items: [
        { key: 'findings', name: say('发现问题', 'Findings'), value: String(findings.total) },
        { key: 'items', name: say('整改事项', 'Rectification items'), value: String(total) },
        { key: 'closed', name: say('已销号', 'Closed'), value: String(closed) },
        { key: 'open', name: say('未销号', 'Open'), value: String(open) },
        { key: 'overdue', name: say('逾期', 'Overdue'), value: String(overdue) },
        { key: 'carried', name: say('结转', 'Carried over'), value: String(carried) },
      ],
    },
    ...paragraph(
      say(
        `发现问题 ${findings.total} 个，已了结 ${findings.closed} 个，未了结 ${findings.open} 个。`,
        `${some(findings.total, 'finding')}: ${findings.closed} dealt with, ${findings.open} open.`,
      ),
      total > 0 &&
        say(
          `整改事项 ${total} 项，已销号 ${closed} 项（${percent(closed, total)}%），未销号 ${open} 项，其中逾期 ${overdue} 项${carried > 0 ? `；结转下一周期 ${carried} 项` : ''}。`,
          `${some(total, 'item')} to be rectified: ${closed} closed (${percent(closed, total)} %), ${open} open, ${overdue} of them overdue${carried > 0 ? `; ${carried} carried over to the next cycle` : ''}.`,
        ),
    ),
    ...table(
      'findings',
      say('问题来源', 'Where the findings come from'),
      [nameColumn('来源', 'Source'), numberColumn('个数', 'Number'), { name: say('状态', 'State'), is: 'words' }],
      findings.sources
        .filter((source) => all(source) > 0)
        .map((source) => [source.name, String(all(source)), say(byState(source, 'zh'), byState(source, 'en'))]),
    ),
  ]);
}

/** 负担: what the cycle itself asked of the units. */
export function burdenParts({ burden, units }: ReportData): ReportPart[] {
  if (burden.length === 0 || units.length === 0) return [];
  const sum = (of: (month: ReportData['burden'][number]) => number) => burden.reduce((n, month) => n + of(month), 0);
  const minutes = Exact.sum(...burden.map((month) => month.minutes));
  const [forms, uploads] = [sum((month) => month.forms), sum((month) => month.uploads)];
  const each = shown(minutes.div(units.length).div(burden.length).toFixed());
  return section('基层负担', 'Burden', [
    ...paragraph(
      say(
        `${burden.length} 个月共要求填报表单 ${forms} 份、上传材料 ${uploads} 件，估计用时 ${shown(minutes.toFixed())} 分钟，平均每单位每月 ${each} 分钟。`,
        `In ${some(burden.length, 'month')} the cycle asked for ${some(forms, 'form')} and ${some(uploads, 'upload')}, an estimated ${shown(minutes.toFixed())} minutes: ${each} a unit and month.`,
      ),
    ),
    ...(burden.length < 2
      ? []
      : [
          {
            kind: 'chart' as const,
            key: 'burden',
            chart: {
              form: 'columns' as const,
              title: say('各月用时（分钟）', 'Minutes by month'),
              names: burden.map(({ month }) => month),
              series: [{ name: say('分钟', 'Minutes'), values: burden.map((month) => shown(month.minutes)) }],
            },
          },
        ]),
    ...table(
      'burden',
      say('各月负担', 'Burden by month'),
      [
        nameColumn('月份', 'Month'),
        numberColumn('表单', 'Forms'),
        numberColumn('填报项', 'Fields'),
        numberColumn('上传', 'Uploads'),
        numberColumn('分钟', 'Minutes'),
      ],
      burden.map((month) => [
        month.month,
        String(month.forms),
        String(month.fields),
        String(month.uploads),
        shown(month.minutes),
      ]),
    ),
  ]);
}
