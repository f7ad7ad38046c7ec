import type { JsonObject } from '../json.ts';
import { handsOut } from '../template/block.ts';
import { type CycleTemplate, PHASES, walkBlocks } from '../template/schema.ts';
import type { CaseContext } from './context.ts';
import { recused } from './recuse.ts';
import { stopsOf } from './track.ts';

/**
 * What a meeting hands to the participants of what the cycle's case knows: the values that its blocks gave, such as the
 * goals of the city, and who had a hand in them. What each participant gets of its own, such as its rank, comes beside.
 *
 * @param meeting the key that the participants wait under
 */
export function handedOver(
  template: CycleTemplate,
  meeting: string,
  { data, done }: Pick<CaseContext, 'data' | 'done'>,
): { data: JsonObject; acted: Record<string, string[]> } {
  const stops = PHASES.flatMap((phase) => stopsOf(template, phase, 'participant'));
  const stop = stops.find((one) => one.type === 'await' && one.key === meeting);
  const blocks = stop?.type === 'await' ? [...walkBlocks(stop.blocks)] : [];
  const names = blocks.flatMap((block): string[] => {
    if (block.type === 'task' || block.type === 'approval') return (block.fields ?? []).map((field) => field.key);
    if (block.type === 'compute') return handsOut(block) ? [] : [block.into];
    return block.type === 'repeat' && block.collect ? [block.collect.into] : [];
  });
  const acted = blocks.flatMap(({ key }): [string, string[]][] => {
    const people = recused(template).has(key) ? done[key]?.acted : undefined;
    return people ? [[key, people]] : [];
  });
  return {
    data: Object.fromEntries(names.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]]))),
    acted: Object.fromEntries(acted),
  };
}
