import type { Text } from '../text.ts';
import type { IndicatorsSection } from './schema.ts';

export interface Refusal {
  id: 'target.fixed' | 'target.reason' | 'target.tooEarly' | 'target.tooLate';
  message: Text;
}

/** Whether a target of the year's cycle may be changed on that day for that reason. Null: it may. */
export function refuseChange(
  change: IndicatorsSection['change'],
  { reason, today, year }: { reason: string; today: string; year: number },
): Refusal | null {
  if (!change)
    return {
      id: 'target.fixed',
      message: { zh: '本周期的模板不允许调整目标。', en: "This cycle's template lets no target change." },
    };
  if (!change.reasons.some(({ value }) => value === reason)) {
    const names = change.reasons.map(({ value, name }) => ({ value, name }));
    return {
      id: 'target.reason',
      message: {
        zh: `“${reason}”不是允许的调整事由；允许：${names.map(({ name, value }) => `${name.zh}（${value}）`).join('、')}。`,
        en: `"${reason}" is no reason to change a target; reasons are: ${names.map(({ name, value }) => `${name.en} (${value})`).join(', ')}.`,
      },
    };
  }
  if (change.from && today < `${year}-${change.from}`)
    return {
      id: 'target.tooEarly',
      message: {
        zh: `目标自 ${year}-${change.from} 起方可调整（年中检查之后）。`,
        en: `Targets may change from ${year}-${change.from} on, after the mid-year check.`,
      },
    };
  if (change.until && today > `${year}-${change.until}`)
    return {
      id: 'target.tooLate',
      message: {
        zh: `${year}-${change.until} 之后不再调整目标。`,
        en: `No target changes after ${year}-${change.until}.`,
      },
    };
  return null;
}
