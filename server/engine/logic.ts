import { createHash } from 'node:crypto';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { CaseContext, CaseEvent } from '../../workflows/machine/context.ts';
import { type Definition, runnerOf } from '../../workflows/machine/definition.ts';
import type { Effect, Snapshot } from '../../workflows/machine/run.ts';
import { type Directory, refusalOf, startCase, stepCase } from '../../workflows/machine/step.ts';
import { cycleTemplateSchema } from '../../workflows/template/schema.ts';

/** What the engine needs of whatever a case runs. Templates are one kind; tests bring bare statecharts as another. */
export interface Logic {
  definition: Definition | null;
  start(input: JsonObject, directory: Directory): LogicStep;
  step(snapshot: Snapshot<CaseContext>, event: CaseEvent, directory: Directory): LogicStep;
  /** The start without the directory's answers, and a recorded event: together they rebuild a case from its record. */
  begin(input: JsonObject): Snapshot<CaseContext>;
  replay(snapshot: Snapshot<CaseContext>, event: CaseEvent): Snapshot<CaseContext>;
  refusal(snapshot: Snapshot<CaseContext>, event: CaseEvent): { id: string; allowed: string[] } | null;
  persist(snapshot: Snapshot<CaseContext>): Json;
  restore(json: Json): Snapshot<CaseContext>;
}

export interface LogicStep {
  /** The event and the directory's answers: replaying these gives the snapshot. */
  events: CaseEvent[];
  snapshot: Snapshot<CaseContext>;
  effects: Effect[];
}

export type LogicOf = (content: Json) => Logic;

/** The logic of a `{template, track}`. Its template was checked when it was published. */
export function templateLogic(content: Json): Logic {
  const { template, track } = content as { template: unknown; track: Definition['track'] };
  const definition: Definition = { template: cycleTemplateSchema.parse(template), track };
  const runner = runnerOf(definition);
  return {
    definition,
    start: (input, directory) => startCase(definition, input as never, directory),
    step: (snapshot, event, directory) => stepCase(definition, snapshot, event, directory),
    begin: (input) => runner.start(input).snapshot,
    replay: (snapshot, event) => runner.step(snapshot, event).snapshot,
    refusal: (snapshot, event) => refusalOf(definition, snapshot, event),
    persist: runner.persist,
    restore: runner.restore,
  };
}

/** Names a definition by its content. */
export const hashOf = (content: Json): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('base64url');

/** A UUID that is the same for the same parts, so that a repeated start is recognised. */
export function uuidOf(...parts: (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join('\u0000')).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
