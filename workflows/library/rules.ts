import type { AdjustmentItem } from '../adjustments/schema.ts';
import type { CycleTemplate } from '../template/schema.ts';
import type { Text } from '../text.ts';
import {
  guangyuan,
  hangzhouNotice,
  liaoning,
  longchang,
  projects,
  sanmingSheets,
  suqian,
  xinhuang,
  yinchuan,
} from './lights.ts';
import { says } from './parts/fields.ts';

/** A published rule that a template may take over as it stands. */
export interface PublishedRule {
  key: string;
  name: Text;
  /** What it says, and which of its numbers are examples. */
  says: Text;
  takes: Pick<CycleTemplate, 'lights' | 'warnings'> & {
    /** Items of the ledger that it needs, and the one that its points are entered under. */
    items?: AdjustmentItem[];
    light?: string;
  };
}

const LIGHT_POINTS: AdjustmentItem = {
  key: 'lightPoints',
  kind: 'deduction',
  name: says('亮灯扣分', 'Points taken by lights'),
};
const STAGE_BONUS: AdjustmentItem = {
  key: 'stageBonus',
  kind: 'bonus',
  stage: 'month',
  name: says('阶段奖励', 'Bonus of the stage'),
};

/** 规则库: published rules of places, as data, to be put into a template of one's own. */
export const PUBLISHED: readonly PublishedRule[] = [
  {
    key: 'yinchuan',
    name: says('银川：三色亮灯（2025）', '银川: three colours (2025)'),
    says: says(
      '按序时为绿；落后 10 至 30 个百分点为黄，超过 30 为红；当月未启动为黄，三个月未启动为红。',
      'On schedule green; 10 to 30 points behind yellow, more red; not begun this month yellow, for three months red.',
    ),
    takes: { lights: yinchuan },
  },
  {
    key: 'suqian',
    name: says('宿迁：蓝黄红预警', '宿迁: blue, yellow, red'),
    says: says(
      '临期为蓝，滞后或较差为黄，逾期为红（临期天数和“较差”为示例）。',
      'Due soon blue, behind or poor yellow, overdue red (how soon, and what is poor, are examples).',
    ),
    takes: { lights: suqian },
  },
  {
    key: 'sanming',
    name: says('三明：蓝橙红督办单', '三明: blue, orange and red sheets'),
    says: says(
      '督办单由蓝到橙到红，前一张逾期未办结才升级；紧急事项可从任一颜色起（天数为示例）。',
      'Supervision sheets go from blue to orange to red, each after the former lapsed; urgent matters start at any (days are examples).',
    ),
    takes: { warnings: sanmingSheets },
  },
  {
    key: 'guangyuan',
    name: says('广元：按月亮灯、专函和扣分', '广元: monthly lights, letters and points'),
    says: says(
      '同一事项两次黄灯：专函并扣 1 分；红灯：扣 2 分并约谈主要负责人（黄、红的界限为示例）。',
      'The second yellow of an item: a special letter and −1 point; red: −2 points and a talk with the head (from where it is yellow or red is an example).',
    ),
    takes: { lights: guangyuan, items: [LIGHT_POINTS], light: LIGHT_POINTS.key },
  },
  {
    key: 'longchang',
    name: says('隆昌：连续三次红灯', '隆昌: three reds in a row'),
    says: says(
      '连续三次红灯：约谈并书面报告（红灯界限和报告天数为示例）。',
      'Three reds in a row: a talk and a written report (from where it is red, and the days for the report, are examples).',
    ),
    takes: { lights: longchang },
  },
  {
    key: 'xinhuang',
    name: says('新晃：黄牌和阶段奖励', '新晃: yellow card and bonus of the stage'),
    says: says(
      '月度低于 80% 列入跟踪；低于 60% 黄牌，取消该阶段奖励。',
      'A month below 80 % is tracked; below 60 % a yellow card, and no bonus of the stage.',
    ),
    takes: { lights: xinhuang, items: [STAGE_BONUS] },
  },
  {
    key: 'projects',
    name: says('项目：按逾期天数亮灯', 'Projects: lights by days late'),
    says: says(
      '逾期不足 7 天黄，不足 15 天橙，15 天及以上红。',
      'Less than 7 days late yellow, less than 15 orange, else red.',
    ),
    takes: { lights: projects },
  },
  {
    key: 'liaoning',
    name: says('辽宁：滞后 20% 自动预警', '辽宁: a warning by itself at 20 % behind'),
    says: says(
      '滞后 20% 及以上自动发出预警通知（颜色、答复天数为示例）。',
      'From 20 % behind schedule a warning notice goes out by itself (its colour and days are examples).',
    ),
    takes: { lights: liaoning, warnings: { sheets: [{ colour: 'yellow', reply: 10 }] } },
  },
  {
    key: 'hangzhou',
    name: says('杭州、济南：督促通知单', '杭州, 济南: a supervision notice'),
    says: says('督促通知单，10 个工作日内书面答复。', 'A supervision notice, answered within 10 working days.'),
    takes: { warnings: { sheets: hangzhouNotice.sheets } },
  },
];

/**
 * A template with published rules in place of its own: lights and sheets are exchanged, flags of suspicious values stay, items of the ledger
 * are added. Later rules win. @throws RangeError when there is no rule of that key
 */
export function withRules(template: CycleTemplate, keys: readonly string[]): CycleTemplate {
  let changed = template;
  for (const key of keys) {
    const rule = PUBLISHED.find((one) => one.key === key);
    if (!rule)
      throw new RangeError(`there is no published rule "${key}": ${PUBLISHED.map((one) => one.key).join(', ')}`);
    changed = taking(changed, rule);
  }
  return changed;
}

function taking(
  template: CycleTemplate,
  { takes: { lights, warnings, items = [], light } }: PublishedRule,
): CycleTemplate {
  const changed = { ...template };
  const { spending } = template.lights ?? {};
  const { flags } = template.warnings ?? {};
  if (lights) changed.lights = { ...lights, ...(spending !== undefined && { spending }) };
  if (warnings) changed.warnings = { ...warnings, ...(flags && { flags }) };
  const own = template.adjustments?.items ?? [];
  const added = items.filter((item) => !own.some((one) => one.key === item.key));
  if (added.length > 0 || light !== undefined)
    changed.adjustments = {
      ...template.adjustments,
      items: [...own, ...added],
      ...(light !== undefined && { automatic: { ...template.adjustments?.automatic, light } }),
    };
  return changed;
}
