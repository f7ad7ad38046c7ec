import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Language } from '../../workflows/text.ts';
import type { Simulation } from './index.ts';

/** The result of a simulated cycle for people: ranking, what fired, what was late, where the time went. */
export function printSimulation(result: Simulation, template: CycleTemplate, language: Language): string[] {
  const zh = language === 'zh';
  const say = (chinese: string, english: string) => (zh ? chinese : english);
  const { cases, closed, steps, days, seconds } = result;
  return [
    say(
      `${template.name.zh} ${result.year}：${days.first} 至 ${days.last}，${cases} 个实例办结 ${closed} 个，${steps} 步，用时 ${seconds} 秒`,
      `${template.name.en} ${result.year}: ${days.first} to ${days.last}, ${closed} of ${cases} cases closed, ${steps} steps in ${seconds} s`,
    ),
    '',
    ...rankingLines(result, template, language),
    say('触发的时限', 'Deadlines that fired'),
    ...Object.entries(result.fired).map(([what, n]) => `  ${(FIRED[what] ?? { zh: what, en: what })[language]} ${n}`),
    say(
      `  共 ${result.timersFired} 次，其中升级 ${result.escalations} 次`,
      `  ${result.timersFired} in all, ${result.escalations} of them escalations`,
    ),
    '',
    say(
      `逾期：${result.late}/${result.tasks} 项任务；退回 ${result.returned} 次，转办 ${result.transferred} 次`,
      `Late: ${result.late} of ${result.tasks} tasks; ${result.returned} returned, ${result.transferred} transferred`,
    ),
    ...result.lateByOrg.map(({ org, late, tasks }) => `  ${late}/${tasks} ${org}`),
    '',
    say(
      '时间用在哪里（工作日：中位数 / 九成以内；逾期 / 任务数）',
      'Where the time went (working days: median / 90 %; late / tasks)',
    ),
    ...result.blocks.map(
      ({ name, medianDays, p90Days, late, tasks }) =>
        `  ${String(medianDays).padStart(4)} /${String(p90Days).padStart(4)}  ${`${late}/${tasks}`.padStart(9)}  ${name[language]}`,
    ),
    '',
    say(
      `丢失 ${result.lost}（未入库 ${result.missing}，重复 ${result.doubled}，未触发 ${result.timersLeft}，不一致 ${result.mismatches.length}），异常事件 ${result.incidents}`,
      `Lost ${result.lost} (not in the record ${result.missing}, doubled ${result.doubled}, not fired ${result.timersLeft}, mismatches ${result.mismatches.length}), incidents ${result.incidents}`,
    ),
    ...(result.database === undefined ? [] : [say('数据库保留在 ', 'The database is kept at ') + result.database]),
  ];
}

const FIRED: Record<string, { zh: string; en: string }> = {
  until: { zh: '到期', en: 'came due' },
  opens: { zh: '到期开启', en: 'opened by date' },
  remind: { zh: '催办提醒', en: 'reminders' },
  head: { zh: '报单位负责人', en: 'head of the unit told' },
  superior: { zh: '报上级', en: 'superior told' },
  office: { zh: '报绩效办', en: 'performance office told' },
  supervise: { zh: '督办单', en: 'supervision orders' },
  deduct: { zh: '扣分建议', en: 'deductions proposed' },
  transfer: { zh: '转交', en: 'handed over' },
  pass: { zh: '视为通过', en: 'passed by default' },
  return: { zh: '自动退回', en: 'returned by default' },
};

/** The first five and the last two of each category. */
function rankingLines(result: Simulation, template: CycleTemplate, language: Language): string[] {
  return Object.entries(result.ranking).flatMap(([category, list]) => {
    const name = template.categories[category]?.name[language] ?? category;
    const line = ({ rank, score, org }: (typeof list)[number]) =>
      `  ${String(rank).padStart(3)}  ${score.padStart(6)}  ${org}`;
    const last = list.slice(Math.max(5, list.length - 2));
    const gap = list.length > 5 + last.length ? ['    …'] : [];
    return [`${name} (${list.length})`, ...list.slice(0, 5).map(line), ...gap, ...last.map(line), ''];
  });
}
