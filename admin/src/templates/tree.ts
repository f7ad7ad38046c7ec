import type { Block } from '../../../workflows/template/block.ts';
import { untilOf } from '../../../workflows/template/block.ts';
import type { When, Who } from '../../../workflows/template/when.ts';
import type { CycleTemplate, Field, Text } from '../api/types.ts';
import type { FlowItem, FlowLane, FlowPhase } from '../flow/tree.ts';
import { PHASES } from '../ui/Ring.tsx';

const PHASE_NAMES: Record<(typeof PHASES)[number], Text> = {
  plan: { zh: '计划', en: 'Plan' },
  execute: { zh: '执行', en: 'Execute' },
  evaluate: { zh: '评估', en: 'Evaluate' },
  feedback: { zh: '反馈', en: 'Feedback' },
  rectify: { zh: '整改', en: 'Rectify' },
};

const OTHERWISE: Text = { zh: '其他情况', en: 'Otherwise' };

/** A template as the picture draws it. Tolerates a draft that is not complete yet. */
export function treeOfTemplate(template: CycleTemplate): FlowPhase[] {
  return PHASES.map((key) => ({
    key,
    name: template.phases?.[key]?.name ?? PHASE_NAMES[key],
    items: (template.phases?.[key]?.blocks ?? []).map((block) => itemOf(block, template)),
  }));
}

function itemOf(block: Block, template: CycleTemplate): FlowItem {
  const note = noteOf(block, template);
  return {
    key: block.key,
    type: block.type,
    name: block.name,
    perCycle: block.per === 'cycle',
    who: [],
    ...(note ? { note } : {}),
    lanes: lanesOf(block, template),
  };
}

/** Who acts, until when, and how much there is to fill in. */
function noteOf(block: Block, template: CycleTemplate): Text | undefined {
  const human = block.type === 'task' || block.type === 'approval' ? block : undefined;
  const when = human?.deadline ?? untilOf(block);
  const fields = human?.fields?.length ?? 0;
  const parts: Text[] = [
    ...('who' in block ? (block.who ?? []) : []).map((who) => whoWords(who, template)),
    ...(when ? [whenWords(when)] : []),
    ...(fields ? [{ zh: `${fields} 项填写`, en: fields === 1 ? '1 field' : `${fields} fields` }] : []),
  ];
  if (parts.length === 0) return undefined;
  return { zh: parts.map(({ zh }) => zh).join(' · '), en: parts.map(({ en }) => en).join(' · ') };
}

function lanesOf(block: Block, template: CycleTemplate): FlowLane[] {
  const lane = (path: { key: string; name?: Text; blocks: Block[] }, name?: Text): FlowLane => ({
    key: path.key,
    ...((name ?? path.name) ? { name: (name ?? path.name) as Text } : {}),
    items: (path.blocks ?? []).map((one) => itemOf(one, template)),
  });
  if (block.type === 'parallel') return block.branches.map((path) => lane(path));
  if (block.type === 'branch')
    return [...block.paths.map((path) => lane(path)), lane(block.otherwise, block.otherwise.name ?? OTHERWISE)];
  if (block.type === 'repeat') return [lane({ key: `${block.key}-body`, blocks: block.blocks })];
  return [];
}

/** Who acts, in words. */
export function whoWords(who: Who, template: CycleTemplate): Text {
  switch (who.kind) {
    case 'role':
      return template.roles?.[who.role]?.name ?? { zh: who.role, en: who.role };
    case 'person':
      return { zh: who.person, en: who.person };
    case 'head':
      return who.of === 'monitoringUnit'
        ? { zh: '监测单位负责人', en: 'head of the monitoring unit' }
        : { zh: '单位负责人', en: 'head of the unit' };
    case 'superior':
      return { zh: '上级负责人', en: 'the superior' };
    case 'field':
      return { zh: `“${who.field}”指定的人`, en: `the person in “${who.field}”` };
    case 'initiator':
      return { zh: '发起人', en: 'the initiator' };
    default:
      return { zh: '前面的办理人', en: 'who acted before' };
  }
}

const FROM: Record<Extract<When, { from: unknown }>['from'], Text> = {
  opened: { zh: '到达', en: 'opening' },
  periodStart: { zh: '周期开始', en: 'the period’s start' },
  periodEnd: { zh: '周期结束', en: 'the period’s end' },
  phaseStart: { zh: '阶段开始', en: 'the phase’s start' },
  phaseEnd: { zh: '阶段结束', en: 'the phase’s end' },
  itemStart: { zh: '该项开始', en: 'the item’s start' },
  itemEnd: { zh: '该项结束', en: 'the item’s end' },
};

/** A deadline in words: “到达后 10 个工作日”, “次年 3 月 20 日”. */
export function whenWords(when: When): Text {
  if ('date' in when) {
    const [month, day] = when.date.split('-').map(Number);
    const next = when.year === 'next';
    return { zh: `${next ? '次年' : ''}${month}月${day}日`, en: `${when.date}${next ? ' next year' : ''}` };
  }
  const from = FROM[when.from];
  const parts: Text[] = [];
  if (when.days) parts.push({ zh: `${Math.abs(when.days)} 天`, en: `${Math.abs(when.days)} days` });
  if (when.workingDays)
    parts.push({ zh: `${Math.abs(when.workingDays)} 个工作日`, en: `${Math.abs(when.workingDays)} working days` });
  if (parts.length === 0) return { zh: `${from.zh}之日`, en: `at ${from.en}` };
  const before = (when.days ?? 0) < 0 || (when.workingDays ?? 0) < 0;
  return {
    zh: `${from.zh}${before ? '前' : '后'} ${parts.map(({ zh }) => zh).join('又 ')}`,
    en: `${parts.map(({ en }) => en).join(' and ')} ${before ? 'before' : 'after'} ${from.en}`,
  };
}

/** Every field of every form, in order; of equal keys the first counts. */
export function fieldsOf(template: CycleTemplate): Field[] {
  const found = new Map<string, Field>();
  const walk = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.type === 'task' || block.type === 'approval')
        for (const field of block.fields ?? []) if (!found.has(field.key)) found.set(field.key, field);
      if (block.type === 'parallel') for (const path of block.branches) walk(path.blocks);
      if (block.type === 'branch') for (const path of [...block.paths, block.otherwise]) walk(path.blocks);
      if (block.type === 'repeat') walk(block.blocks);
    }
  };
  for (const phase of PHASES) walk(template.phases[phase].blocks);
  return [...found.values()];
}
