import type { ReportData } from './data.ts';
import type { ReportPart } from './part.ts';
import { nameColumn, numberColumn, paragraph, percent, periodName, say, section, some, table } from './words.ts';

/** What the cycle is, and what of it the report is about. */
export function scopeParts({ cycle, today, period, category, unit, units, indicators }: ReportData): ReportPart[] {
  const of = period ? periodName(period) : say(`${cycle.year} 年度`, `${cycle.year}`);
  const whose = unit
    ? say(`“${unit.name}”`, unit.name)
    : category
      ? say(`“${category.name.zh}”类`, `the category ${category.name.en}`)
      : say('全部参评单位', 'all units that take part');
  return [
    ...paragraph(
      say(
        `“${cycle.name}”是按“${cycle.template.zh}”开展的 ${cycle.year} 年度绩效周期，${cycle.launchedOn} 启动，${cycle.closedOn ? `${cycle.closedOn} 结束` : `现${cycle.status.zh}`}。`,
        `"${cycle.name}" is the ${cycle.year} performance cycle by "${cycle.template.en}": launched on ${cycle.launchedOn}, ${cycle.closedOn ? `closed on ${cycle.closedOn}` : `now ${cycle.status.en}`}.`,
      ),
      say(
        `本报告反映${whose.zh}${period ? `截至 ${of.zh}末` : ` ${of.zh}`}的情况，数据取自 ${today}，指标只采用核定值。`,
        `This report is about ${whose.en} ${period ? `to the end of ${of.en}` : `in ${of.en}`}, from the data of ${today}; of the indicators, verified values alone.`,
      ),
    ),
    {
      kind: 'figures',
      items: [
        { key: 'units', name: say('参评单位', 'Units'), value: String(units.length) },
        { key: 'indicators', name: say('指标', 'Indicators'), value: String(indicators.length) },
      ],
    },
  ];
}

/** How far the cycle is. */
export function progressParts({ unit, today, progress }: ReportData): ReportPart[] {
  const { phases, done, cancelled, open, overdue, overdueUnits } = progress;
  const running = phases.filter(({ units }) => units > 0);
  const all = done + cancelled + phases.reduce((sum, { units }) => sum + units, 0);
  const where = unit
    ? running[0]
      ? say(
          `截至 ${today}，本单位处于“${running[0].name.zh}”阶段。`,
          `On ${today} the unit is in ${running[0].name.en}.`,
        )
      : done > 0 && say(`本单位已完成本周期。`, `The unit has finished the cycle.`)
    : say(
        `截至 ${today}，${all} 个单位中 ${done} 个已完成本周期（${percent(done, all)}%）${running.map(({ name, units }) => `，${units} 个处于“${name.zh}”阶段`).join('')}${cancelled > 0 ? `，${cancelled} 个已终止` : ''}。`,
        `On ${today}, of ${some(all, 'unit')} ${done} had finished the cycle (${percent(done, all)} %)${running.map(({ name, units }) => `, ${units} were in ${name.en}`).join('')}${cancelled > 0 ? `, ${cancelled} had been cancelled` : ''}.`,
      );
  const tasks =
    open === 0
      ? say('没有未办任务。', 'No task was open.')
      : overdue > 0 && !unit
        ? say(
            `未办任务 ${open} 件，其中逾期 ${overdue} 件，涉及 ${overdueUnits} 个单位。`,
            `Open tasks: ${open}, ${overdue} of them overdue, at ${some(overdueUnits, 'unit')}.`,
          )
        : say(`未办任务 ${open} 件，其中逾期 ${overdue} 件。`, `Open tasks: ${open}, ${overdue} of them overdue.`);
  const rows =
    unit || running.length === 0
      ? []
      : [...phases.map(({ name, units }) => [name, String(units)]), [say('已完成', 'Finished'), String(done)]];
  return section('周期进展', 'Progress of the cycle', [
    ...paragraph(where, tasks),
    ...table(
      'progress',
      say('各阶段单位数', 'Units by phase'),
      [nameColumn('阶段', 'Phase'), numberColumn('单位数', 'Units')],
      rows,
    ),
  ]);
}
