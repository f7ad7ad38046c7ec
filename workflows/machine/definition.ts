import type { CycleTemplate } from '../template/schema.ts';
import { compile } from './compile.ts';
import type { CaseContext } from './context.ts';
import { makeRunner, type Runner } from './run.ts';
import type { Track } from './track.ts';

/** What a case runs: pinned, stored as data, the same for as long as the case lives. */
export interface Definition {
  template: CycleTemplate;
  track: Track;
}

const runners = new WeakMap<CycleTemplate, Map<string, Runner<CaseContext>>>();

/** The runner of a definition, compiled once for each template object and track. */
export function runnerOf({ template, track }: Definition): Runner<CaseContext> {
  const key = track.kind === 'item' ? `item/${track.block}` : track.kind;
  const known = runners.get(template) ?? new Map<string, Runner<CaseContext>>();
  runners.set(template, known);
  const runner = known.get(key) ?? makeRunner<CaseContext>(compile(template, track));
  known.set(key, runner);
  return runner;
}
