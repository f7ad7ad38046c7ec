import { type AnyStateMachine, and, createMachine, not, stateIn } from 'xstate';
import { blockOf, dataOf, SESSION } from './content.ts';
import { childrenNamed, type Element, parseXml } from './element.ts';
import { type Datamodel, evaluate, eventName, type ScxmlEvent, type Values } from './expression.ts';

const STATES = ['state', 'parallel', 'final', 'history'];
/** A state that only goes on: for initial states that are not a child, or several, which XState does not have. */
const ENTRANCE = '$initial';

/** XState reads dots in keys as paths. */
export const keyOf = (id: string): string => id.replaceAll('.', '$');

/**
 * Converts an SCXML document to an XState machine, written after the recommendation (https://www.w3.org/TR/scxml/).
 *
 * All transitions of a state stand under the wildcard, with their event descriptors as guards, so that they are tried in document
 * order; a message to itself becomes a delayed event, so that it comes after the internal ones.
 */
export function toMachine(text: string): AnyStateMachine {
  const root = parseXml(text);
  const data = [root, ...descendants(root)]
    .flatMap((e) => childrenNamed(e, 'datamodel'))
    .flatMap((e) => childrenNamed(e, 'data'));
  const model: Datamodel = {
    names: new Set(data.map(({ attributes }) => attributes.id ?? '')),
    system: { _sessionid: SESSION, _name: root.attributes.name, _ioprocessors: {} },
  };
  const context: Values = {};
  for (const { attributes, text: inline } of data) {
    if (attributes.src !== undefined) throw new Error('<data src> is not supported');
    const expr = attributes.expr ?? inline.trim();
    if (expr !== '') context[attributes.id ?? ''] = evaluate(expr, model, context, { type: 'xstate.init' });
  }
  for (const script of childrenNamed(root, 'script')) context.$script = script.text;
  if (context.$script) throw new Error('<script> at the top is not supported');
  const unknown = descendants(root).find(({ name }) => name === 'invoke');
  if (unknown) throw new Error('<invoke> is not supported');
  return createMachine({ ...stateOf(root, model), context, options: { maxIterations: 1000 } } as never);
}

const descendants = (element: Element): Element[] =>
  element.children.flatMap((child) => [child, ...descendants(child)]);

const targetsOf = ({ attributes }: Element): string[] => attributes.target?.trim().split(/\s+/) ?? [];
const refer = (ids: string[]): string[] => ids.map((id) => `#${keyOf(id)}`);

function stateOf(element: Element, model: Datamodel): object {
  const { name, attributes } = element;
  const id = keyOf(attributes.id ?? 'scxml');
  if (name === 'history') {
    const [fallback] = childrenNamed(element, 'transition');
    if (fallback && fallback.children.length > 0) throw new Error('content in <history> is not supported');
    return {
      id,
      type: 'history',
      history: attributes.type ?? 'shallow',
      ...(fallback && { target: refer(targetsOf(fallback)) }),
    };
  }
  const blocks = (kind: string) => childrenNamed(element, kind).map(({ children }) => blockOf(children, model));
  const states = childrenNamed(element, ...STATES);
  const transitions = childrenNamed(element, 'transition');
  const [donedata] = childrenNamed(element, 'donedata');
  const parallel = name === 'parallel';
  return {
    id,
    entry: blocks('onentry'),
    exit: blocks('onexit'),
    on: {
      '*': transitions.filter(({ attributes: a }) => a.event !== undefined).map((t) => transitionOf(t, element, model)),
    },
    always: transitions
      .filter(({ attributes: a }) => a.event === undefined)
      .map((t) => transitionOf(t, element, model)),
    ...(name === 'final' && { type: 'final' }),
    ...(donedata && {
      output: ({ context, event }: { context: Values; event: ScxmlEvent }) =>
        dataOf(donedata, (expr) => evaluate(expr, model, context, event)),
    }),
    ...(states.length > 0 && withStates(element, states, parallel, model)),
  };
}

function withStates(element: Element, states: Element[], parallel: boolean, model: Datamodel): object {
  const all = Object.fromEntries(states.map((state) => [keyOf(state.attributes.id ?? ''), stateOf(state, model)]));
  if (parallel) return { type: 'parallel', states: all };
  const [transition] = childrenNamed(element, 'initial').flatMap((e) => childrenNamed(e, 'transition'));
  const given = transition ? targetsOf(transition) : element.attributes.initial?.trim().split(/\s+/);
  const targets = given ?? [states.find(({ name }) => name !== 'history')?.attributes.id ?? ''];
  const actions = transition && transition.children.length > 0 ? [blockOf(transition.children, model)] : [];
  const [only] = targets;
  if (targets.length === 1 && only !== undefined && states.some(({ attributes }) => attributes.id === only))
    return { initial: { target: keyOf(only), actions }, states: all };
  return { initial: ENTRANCE, states: { [ENTRANCE]: { always: { target: refer(targets), actions } }, ...all } };
}

function transitionOf(element: Element, source: Element, model: Datamodel): object {
  const { event, cond, type } = element.attributes;
  const targets = targetsOf(element);
  const inside = new Set(descendants(source).map(({ attributes }) => attributes.id));
  // Only a compound state's own way to its inside leaves it active.
  const internal = type === 'internal' && source.name !== 'parallel' && targets.every((id) => inside.has(id));
  const guards = [
    ...(event === undefined ? [] : [matches(event)]),
    ...(cond === undefined ? [] : [condition(cond, model)]),
  ];
  return {
    ...(targets.length > 0 && { target: refer(targets), reenter: !internal }),
    ...(guards.length > 0 && { guard: and(guards as never) }),
    ...(element.children.length > 0 && { actions: [blockOf(element.children, model)] }),
  };
}

/** `foo` matches `foo` and `foo.bar`, not `foos`. */
function matches(descriptors: string) {
  const prefixes = descriptors
    .trim()
    .split(/\s+/)
    .map((one) => one.replace(/\.?\*?$/, ''));
  return ({ event }: { event: ScxmlEvent }) => {
    const name = eventName(event.type);
    return prefixes.some((prefix) => prefix === '' || name === prefix || name.startsWith(`${prefix}.`));
  };
}

/** A condition that fails does not hold. */
function condition(cond: string, model: Datamodel): unknown {
  const [, negated, id] = /^(!?)In\(\s*'([^']+)'\s*\)$/.exec(cond.trim()) ?? [];
  if (id !== undefined) return negated ? not(stateIn(`#${keyOf(id)}`)) : stateIn(`#${keyOf(id)}`);
  return ({ context, event }: { context: Values; event: ScxmlEvent }) => {
    try {
      return Boolean(evaluate(cond, model, structuredClone(context), event));
    } catch {
      return false;
    }
  };
}
