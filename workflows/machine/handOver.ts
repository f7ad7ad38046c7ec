import type { JsonObject } from '../json.ts';
import { type CycleTemplate, PHASES, walkBlocks } from '../template/schema.ts';
import { stopsOf } from './track.ts';

/**
 * What a meeting hands to the participants of what the cycle's case knows: the values that its blocks gave, such as the
 * goals of the city. Ranks are each participant's own and come beside.
 *
 * @param meeting the key that the participants wait under
 */
export function handedOver(template: CycleTemplate, meeting: string, data: JsonObject): JsonObject {
  const stops = PHASES.flatMap((phase) => stopsOf(template, phase, 'participant'));
  const stop = stops.find((one) => one.type === 'await' && one.key === meeting);
  if (stop?.type !== 'await') return {};
  const names = [...walkBlocks(stop.blocks)].flatMap((block): string[] => {
    if (block.type === 'task' || block.type === 'approval') return (block.fields ?? []).map((field) => field.key);
    if (block.type === 'compute') return block.rule.kind === 'rank' ? [] : [block.into];
    return block.type === 'repeat' && block.collect ? [block.collect.into] : [];
  });
  return Object.fromEntries(names.flatMap((name) => (data[name] === undefined ? [] : [[name, data[name]]])));
}
