import { cancel, enqueueActions, raise } from 'xstate';
import type { JsonObject } from '../../../workflows/json.ts';
import type { Element } from './element.ts';
import { type Datamodel, evaluate, execute, milliseconds, type ScxmlEvent, type Values } from './expression.ts';

const PROCESSOR = 'http://www.w3.org/TR/scxml/#SCXMLEventProcessor';
export const SESSION = 'session';
const SELF = `#_scxml_${SESSION}`;

interface Run {
  model: Datamodel;
  values: Values;
  event: ScxmlEvent;
  enqueue(action: unknown): void;
}

/** A block of executable content: when an element fails, the rest of the block is not run and an error event is raised. */
export function blockOf(elements: Element[], model: Datamodel): unknown {
  return enqueueActions(({ context, event, enqueue }) => {
    const values = structuredClone(context) as Values;
    const save = () => {
      const now = structuredClone(values);
      enqueue.assign((() => now) as never);
    };
    const run: Run = { model, values, event: event as ScxmlEvent, enqueue: (action) => enqueue(action as never) };
    try {
      for (const element of elements) perform(element, run);
      save();
    } catch (error) {
      save();
      const type = error instanceof Unreachable ? 'error.communication' : 'error.execution';
      enqueue.raise({ type, scxml: { type: 'platform' } } as never);
    }
  });
}

class Unreachable extends Error {}

function perform(element: Element, run: Run): void {
  const { name, attributes, children, text } = element;
  const value = (expression: string) => evaluate(expression, run.model, run.values, run.event);
  switch (name) {
    case 'raise':
      run.enqueue(raise({ type: attributes.event, scxml: { type: 'internal' } } as never));
      return;
    case 'assign': {
      const given = attributes.expr === undefined ? JSON.stringify(text.trim()) : attributes.expr;
      execute(`${attributes.location} = (${given});`, run.model, run.values, run.event);
      return;
    }
    case 'script':
      execute(text, run.model, run.values, run.event);
      return;
    case 'log':
      if (attributes.expr !== undefined) value(attributes.expr);
      return;
    case 'cancel':
      run.enqueue(cancel(attributes.sendid ?? String(value(attributes.sendidexpr ?? ''))));
      return;
    case 'send':
      send(element, run);
      return;
    case 'if': {
      const branches: { cond: string; elements: Element[] }[] = [{ cond: attributes.cond ?? '', elements: [] }];
      for (const child of children) {
        if (child.name === 'elseif') branches.push({ cond: child.attributes.cond ?? '', elements: [] });
        else if (child.name === 'else') branches.push({ cond: 'true', elements: [] });
        else branches.at(-1)?.elements.push(child);
      }
      for (const each of branches.find(({ cond }) => value(cond))?.elements ?? []) perform(each, run);
      return;
    }
    case 'foreach': {
      const items = value(attributes.array ?? '');
      if (!Array.isArray(items)) throw new Error('foreach needs an array');
      const declared = new Set([...run.model.names, attributes.item ?? '', attributes.index ?? '']);
      const inner = { ...run, model: { ...run.model, names: declared } };
      for (const [n, item] of [...items].entries()) {
        execute(`${attributes.item} = ${attributes.item};`, inner.model, run.values, run.event);
        run.values[attributes.item ?? ''] = item;
        if (attributes.index !== undefined) run.values[attributes.index] = n;
        for (const child of children) perform(child, inner);
      }
      return;
    }
    default:
      throw new Error(`<${name}> is not supported`);
  }
}

/** JSON, or else text with its white space normalised. */
function inlineOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim().replace(/\s+/g, ' ');
  }
}

/** What an event carries: parameters, names of the datamodel, or content. */
export function dataOf({ attributes, children }: Element, value: (expression: string) => unknown): unknown {
  const [content] = children.filter(({ name }) => name === 'content');
  if (content) return content.attributes.expr === undefined ? inlineOf(content.text) : value(content.attributes.expr);
  const data: Values = {};
  for (const name of attributes.namelist?.split(/\s+/) ?? []) data[name] = value(name);
  for (const { name, attributes: param } of children)
    if (name === 'param') data[param.name ?? ''] = value(param.expr ?? param.location ?? '');
  return Object.keys(data).length > 0 ? data : undefined;
}

/** To itself only: at once by the internal queue, else as a delayed event that is due now or later. */
function send(element: Element, run: Run): void {
  const { attributes } = element;
  const value = (expression: string) => evaluate(expression, run.model, run.values, run.event);
  const either = (name: string) =>
    attributes[name] ?? (attributes[`${name}expr`] === undefined ? undefined : value(attributes[`${name}expr`] ?? ''));
  const type = String(either('event'));
  const processor = either('type') ?? PROCESSOR;
  if (processor !== PROCESSOR && processor !== 'scxml') throw new Error(`unknown processor ${String(processor)}`);
  const target = either('target') ?? SELF;
  const data = dataOf(element, value);
  const more: JsonObject = {
    ...(attributes.id !== undefined && { sendid: attributes.id }),
    ...(data !== undefined && { data: data as JsonObject }),
  };
  if (target === '#_internal') {
    run.enqueue(raise({ type, scxml: { type: 'internal', ...more } } as never));
    return;
  }
  if (!/^#_/.test(String(target))) throw new Error(`invalid target ${String(target)}`);
  if (target !== SELF) throw new Unreachable(String(target));
  const delay = either('delay');
  const scxml = { type: 'external', origin: SELF, origintype: PROCESSOR, ...more };
  run.enqueue(
    raise({ type, scxml } as never, {
      delay: delay === undefined ? 0 : milliseconds(delay),
      ...(attributes.id !== undefined && { id: attributes.id }),
    }),
  );
}
