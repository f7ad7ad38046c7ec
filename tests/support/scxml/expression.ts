import type { JsonObject } from '../../../workflows/json.ts';

/** SCXML's datamodel: the declared names, also while they have no value (which JSON cannot hold). */
export interface Datamodel {
  names: ReadonlySet<string>;
  /** `_name`, `_sessionid`, `_ioprocessors`: they never change. */
  system: Readonly<Record<string, unknown>>;
}

export type Values = Record<string, unknown>;

/** An event as XState and the engine carry it; `scxml` is what SCXML knows of it besides. */
export interface ScxmlEvent {
  type: string;
  output?: unknown;
  scxml?: JsonObject;
}

const DONE = 'xstate.done.state.';

/** The name by which a document knows an event. */
export const eventName = (type: string): string =>
  type.startsWith(DONE) ? `done.state.${type.slice(DONE.length)}` : type;

function eventOf({ type, output, scxml }: ScxmlEvent): object | undefined {
  if (type === 'xstate.init') return undefined;
  if (type.startsWith(DONE)) return { name: eventName(type), type: 'platform', data: output };
  return { name: type, type: 'external', ...scxml };
}

/** Names resolve to the datamodel, then to the platform; writing to an undeclared one is an error. */
function scopeOf({ names, system }: Datamodel, values: Values, event: ScxmlEvent): object {
  const fixed: Values = { ...system, _event: eventOf(event) };
  return new Proxy(values, {
    has: (_, key) => typeof key === 'string',
    get: (_, key) => {
      if (typeof key !== 'string') return undefined;
      if (Object.hasOwn(fixed, key)) return fixed[key];
      if (names.has(key) || Object.hasOwn(values, key)) return values[key];
      if (key in globalThis) return (globalThis as unknown as Values)[key];
      throw new ReferenceError(`${key} is not declared`);
    },
    set: (_, key, value) => {
      if (!names.has(String(key))) throw new ReferenceError(`${String(key)} may not be written`);
      values[String(key)] = value;
      return true;
    },
  });
}

/** Runs a document's ECMAScript. Values are changed in place. */
export function execute(code: string, model: Datamodel, values: Values, event: ScxmlEvent): unknown {
  return new Function('scope', `with (scope) { ${code} }`)(scopeOf(model, values, event));
}

export const evaluate = (expression: string, model: Datamodel, values: Values, event: ScxmlEvent): unknown =>
  execute(`return (${expression});`, model, values, event);

/** `1s`, `.5s`, `200ms`. */
export function milliseconds(delay: unknown): number {
  const [, number, unit] = /^(\d*\.?\d+)(ms|s)$/.exec(String(delay).trim()) ?? [];
  if (number === undefined) throw new Error(`"${String(delay)}" is no delay`);
  return Number(number) * (unit === 's' ? 1000 : 1);
}
