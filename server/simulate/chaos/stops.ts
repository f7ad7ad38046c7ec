import type { Definition } from '../../../workflows/machine/definition.ts';
import { jumpTargets } from '../../../workflows/machine/targets.ts';
import { blockByKey, type Stop, stopsOf } from '../../../workflows/machine/track.ts';
import { blocksOf, type CycleTemplate, PHASES, walkBlocks } from '../../../workflows/template/schema.ts';

/** The stops at the top of a case's track, in order. */
function topStops({ template, track }: Definition): Stop[] {
  if (track.kind !== 'item') return PHASES.flatMap((phase) => stopsOf(template, phase, track.kind as 'participant'));
  const repeat = blockByKey(template, track.block);
  return repeat?.type === 'repeat' ? repeat.blocks : [];
}

const keysIn = (stop: Stop): string[] =>
  stop.type === 'await' || stop.type === 'gather' || stop.type === 'release'
    ? [stop.key]
    : [...walkBlocks([stop])].map(({ key }) => key);

/** Where an office may put a case back to: what lies behind it, and where it stands. */
export function stopsBehind(definition: Definition, live: readonly string[]): string[] {
  const stops = topStops(definition);
  const here = stops.findIndex((stop) => keysIn(stop).some((key) => live.includes(key)));
  const behind = new Set(stops.slice(0, here + 1).map(({ key }) => key));
  return jumpTargets(definition.template, definition.track).filter((key) => behind.has(key));
}

/** The blocks after which nobody waits for anybody else any more. */
export function blocksAfterMeetings(template: CycleTemplate): ReadonlySet<string> {
  const keys = [...blocksOf(template)].map(({ block }) => block);
  const last = keys.map(({ per }) => per === 'cycle').lastIndexOf(true);
  return new Set(keys.slice(last + 1).map(({ key }) => key));
}
