import type { AnyStateMachine } from 'xstate';
import type { Logic, LogicOf, LogicStep } from '../../server/engine/logic.ts';
import type { Json, JsonObject } from '../../workflows/json.ts';
import type { CaseContext, CaseEvent } from '../../workflows/machine/context.ts';
import { type Effect, makeRunner, type Stepped } from '../../workflows/machine/run.ts';
import { machineOf } from './statechartMachine.ts';
import type { Chart } from './statecharts.ts';

/** Lets the engine run a bare XState machine: no template, no directory. Told what each step asks of the shell. */
export function machineLogic(machine: AnyStateMachine, onEffects: (effects: Effect[]) => void = () => {}): Logic {
  const runner = makeRunner<CaseContext>(machine);
  const told = (events: CaseEvent[], { snapshot, effects }: Stepped<CaseContext>): LogicStep => {
    onEffects(effects);
    return { events, snapshot, effects };
  };
  return {
    definition: null,
    start: (input) => told([], runner.start(input)),
    step: (snapshot, event) => told([event], runner.step(snapshot, event)),
    begin: (input) => runner.start(input).snapshot,
    replay: (snapshot, event) => runner.step(snapshot, event).snapshot,
    refusal: (snapshot, event) => (runner.can(snapshot, event) ? null : { id: 'event.refused', allowed: [] }),
    persist: runner.persist,
    restore: runner.restore,
  };
}

/** A chart as the engine stores it. */
export const definitionOf = (chart: Chart): JsonObject => ({ chart }) as unknown as JsonObject;

/** The logic of stored charts. */
export const chartLogic =
  (onEffects: (chart: Chart, effects: Effect[]) => void = () => {}): LogicOf =>
  (content: Json) => {
    const { chart } = content as unknown as { chart: Chart };
    return machineLogic(machineOf(chart), (effects) => onEffects(chart, effects));
  };
