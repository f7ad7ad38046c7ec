import type { Decimal } from 'decimal.js';
import type { Text } from '../text.ts';
import type { Colour, Condition, Consequence, Measure } from './schema.ts';

/** A measure as people read it: at most two places. */
export const shown = (value: Decimal): string => value.toDecimalPlaces(2).toFixed();

const WORDS: Readonly<Record<Measure, (n: string) => Text>> = {
  progress: (n) => ({ zh: `进度 ${n}%`, en: `progress ${n} %` }),
  planned: (n) => ({ zh: `计划进度 ${n}%`, en: `planned progress ${n} %` }),
  behind: (n) => ({ zh: `落后计划进度 ${n} 个百分点`, en: `${n} points behind schedule` }),
  behindShare: (n) => ({ zh: `落后计划进度 ${n}%`, en: `${n} % behind what was planned` }),
  achieved: (n) => ({ zh: `目标完成率 ${n}%`, en: `${n} % of the target` }),
  daysLate: (n) => ({ zh: `逾期 ${n} 天`, en: `${n} days late` }),
  daysLeft: (n) => ({ zh: `距期限 ${n} 天`, en: `${n} days left` }),
  unstarted: (n) => ({ zh: `应启动而未启动，第 ${n} 个月`, en: `not begun, month ${n} since it should have` }),
  spending: (n) => ({ zh: `支出进度 ${n}%`, en: `${n} % of the money spent` }),
  spendingBehind: (n) => ({ zh: `支出落后计划 ${n} 个百分点`, en: `spending ${n} points behind plan` }),
  evidenceMissing: (n) => ({ zh: `缺少佐证材料 ${n} 件`, en: `${n} pieces of evidence missing` }),
  unreported: (n) => ({ zh: `超过报送期限 ${n} 天未报`, en: `not reported for ${n} days` }),
  worsening: (n) => ({ zh: `连续 ${n} 期变差`, en: `worse for ${n} periods in a row` }),
  change: (n) => ({ zh: `较上期 ${n}%`, en: `${n} % against the period before` }),
};

const bounds = ({ above, atLeast, below, atMost }: Condition): Text => {
  const parts = [
    above !== undefined && `> ${above}`,
    atLeast !== undefined && `≥ ${atLeast}`,
    below !== undefined && `< ${below}`,
    atMost !== undefined && `≤ ${atMost}`,
  ].filter((part) => part !== false);
  return { zh: parts.join('，'), en: parts.join(', ') };
};

/** Why a condition holds: the measure and the rule's bounds. */
export function because(condition: Condition, value: Decimal): Text {
  const [words, rule] = [WORDS[condition.of](shown(value)), bounds(condition)];
  return { zh: `${words.zh}（规则：${rule.zh}）`, en: `${words.en} (rule: ${rule.en})` };
}

export const join = (texts: readonly Text[]): Text => ({
  zh: texts.map(({ zh }) => zh).join('；'),
  en: texts.map(({ en }) => en).join('; '),
});

export const COLOUR_NAMES: Readonly<Record<Colour, Text>> = {
  red: { zh: '红', en: 'red' },
  orange: { zh: '橙', en: 'orange' },
  yellow: { zh: '黄', en: 'yellow' },
  blue: { zh: '蓝', en: 'blue' },
  green: { zh: '绿', en: 'green' },
};

const within = (days: number | undefined): Text =>
  days === undefined
    ? { zh: '', en: '' }
    : { zh: `，${days} 个工作日内答复`, en: `, answered in ${days} working days` };

/** A consequence in words, for notices and the page of a light. */
export function consequenceInWords(consequence: Consequence): Text {
  switch (consequence.kind) {
    case 'track':
      return { zh: '列入跟踪', en: 'kept under watch' };
    case 'warning': {
      const by = within(consequence.reply);
      return { zh: `预警告知单${by.zh}`, en: `a warning notice${by.en}` };
    }
    case 'letter': {
      const by = within(consequence.reply);
      return { zh: `专函${by.zh}`, en: `a special letter${by.en}` };
    }
    case 'talk':
      return consequence.with === 'head'
        ? { zh: '约谈主要负责人', en: 'a talk with the head' }
        : { zh: '约谈分管负责人', en: 'a talk with the deputy' };
    case 'report': {
      const by = within(consequence.reply);
      return { zh: `书面报告${by.zh}`, en: `a written report${by.en}` };
    }
    case 'points':
      return { zh: `建议计分 ${consequence.points}`, en: `${consequence.points} points proposed` };
    case 'noBonus':
      return consequence.of === 'stage'
        ? { zh: '取消本阶段奖励', en: 'no bonus for the stage' }
        : { zh: '取消全年奖励', en: 'no bonus for the year' };
    case 'supervise': {
      const by = within(consequence.reply);
      const colour = consequence.sheet === undefined ? { zh: '', en: '' } : COLOUR_NAMES[consequence.sheet];
      return {
        zh: `${colour.zh && `${colour.zh}色`}督办单${by.zh}`,
        en: `a ${colour.en && `${colour.en} `}supervision order${by.en}`,
      };
    }
  }
}
