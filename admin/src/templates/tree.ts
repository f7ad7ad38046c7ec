import type { Block } from '../../../workflows/template/block.ts';
import { untilOf } from '../../../workflows/template/block.ts';
import { PHASE_NAMES } from '../../../workflows/template/phases.ts';
import { whenWords, whoWords } from '../../../workflows/template/words/said.ts';
import type { CycleTemplate, Field, Text } from '../api/types.ts';
import type { FlowItem, FlowLane, FlowPhase } from '../flow/tree.ts';
import { PHASES } from '../ui/Ring.tsx';

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

/** Every field of every form, and what the template computes, called by its block; of equal keys the first counts. */
export function fieldsOf(template: CycleTemplate): Field[] {
  const found = new Map<string, Field>();
  const computed: Field[] = [];
  const walk = (blocks: readonly Block[]): void => {
    for (const block of blocks) {
      if (block.type === 'task' || block.type === 'approval')
        for (const field of block.fields ?? []) if (!found.has(field.key)) found.set(field.key, field);
      if (block.type === 'compute') computed.push({ key: block.into, name: block.name, type: 'text' });
      if (block.type === 'parallel') for (const path of block.branches) walk(path.blocks);
      if (block.type === 'branch') for (const path of [...block.paths, block.otherwise]) walk(path.blocks);
      if (block.type === 'repeat') walk(block.blocks);
    }
  };
  for (const phase of PHASES) walk(template.phases[phase].blocks);
  for (const field of computed) if (!found.has(field.key)) found.set(field.key, field);
  return [...found.values()];
}
