import { stopsOf } from '../../workflows/machine/track.ts';
import type { Block } from '../../workflows/template/block.ts';
import { type CycleTemplate, PHASES, walkBlocks } from '../../workflows/template/schema.ts';
import { type Decided, grade } from './grade.ts';
import { uses } from './uses.ts';

/** The blocks of the meeting under way that were carried out already, in order; empty while there is none. */
export function doneInMeeting(template: CycleTemplate, live: Readonly<Record<string, unknown>>): Block[] {
  for (const phase of PHASES)
    for (const stop of stopsOf(template, phase, 'participant')) {
      if (stop.type !== 'await') continue;
      const at = stop.blocks.findIndex((block) => [...walkBlocks([block])].some(({ key }) => live[key]));
      if (at >= 0) return stop.blocks.slice(0, at);
    }
  return [];
}

/** Carries the grades, and what follows from them, out again by the decisions in force. Only for a meeting that is under way: no case has its grade yet. */
export async function gradeAgain(call: Omit<Decided, 'block'>, done: readonly Block[]): Promise<void> {
  for (const block of done) {
    if (block.type !== 'compute') continue;
    if (block.rule.kind === 'grade') await grade({ ...call, block });
    if (block.rule.kind === 'uses') await uses({ ...call, block });
  }
}
