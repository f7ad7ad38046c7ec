import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A case of `@scion-scxml/test-framework`: a document, and what must follow from each event. */
export interface ScxmlCase {
  name: string;
  document: string;
  initialConfiguration: string[];
  events: { after?: number; event: { name: string }; nextConfiguration: string[] }[];
}

const words = (text: string) => text.trim().split(/\s+/);
const tests = (text: string) => words(text).map((n) => `test${n}`);

/** The cases that XState 5's own suite runs (packages/core/test/scxml.test.ts of statelyai/xstate). */
const ENABLED: Record<string, string[]> = {
  actionSend: words('send1 send2 send3 send4 send4b send7 send7b send8 send8b send9'),
  'assign-current-small-step': tests('0 1 2 3 4'),
  basic: words('basic0 basic1 basic2'),
  'cond-js': [...tests('0 1 2'), 'TestConditionalTransition'],
  'default-initial-state': words('initial1 initial2'),
  delayedSend: words('send1 send2 send3'),
  documentOrder: ['documentOrder0'],
  hierarchy: words('hier0 hier1 hier2'),
  'hierarchy+documentOrder': tests('0 1'),
  history: words('history0 history1 history2 history3 history4 history4b history5 history6'),
  'if-else': tests('0'),
  in: ['TestInPredicate'],
  'internal-transitions': tests('0 1'),
  'more-parallel': tests('0 1 2 2b 3 3b 4 5 6 6b 7 8 9 10 10b'),
  'multiple-events-per-transition': tests('1'),
  parallel: tests('0 1 2 3'),
  'parallel+interrupt': tests(
    '0 1 2 3 4 5 6 7 7b 8 9 10 11 12 13 14 15 16 17 18 19 20 21 21b 21c 22 23 24 25 27 28 29 30 31',
  ),
  'targetless-transition': tests('0 1 2 3'),
  'w3c-ecma': tests(`
    144 147 148 149 158 172 173 174 175 176 185 186 187 189 190 191 192 193 200 201 205 208 220 232 235 237 247 287 318 333
    335 336 337 339 342 347 348 349 355 372 375 377 387 396 399 403a 403b 403c 404 405 406 407 416 417 419 421 423 445 449
    453 495 503 504 505 560 570`).map((name) => `${name}.txml`),
};

const folder = join(
  dirname(createRequire(import.meta.url).resolve('@scion-scxml/test-framework/package.json')),
  'test',
);

function read(group: string, name: string): ScxmlCase {
  const path = join(folder, group, name);
  const script = JSON.parse(readFileSync(`${path}.json`, 'utf8')) as Omit<ScxmlCase, 'name' | 'document'>;
  const document = readFileSync(`${path}.scxml`, 'utf8');
  return { ...script, name: `${group}/${name.replace(/\.txml$/, '')}`, document };
}

/** The cases that XState's suite runs, and the others of the package. */
export function readCases(): { enabled: ScxmlCase[]; others: ScxmlCase[] } {
  const enabled: ScxmlCase[] = [];
  const others: ScxmlCase[] = [];
  for (const group of readdirSync(folder).sort())
    for (const file of readdirSync(join(folder, group)).sort()) {
      const name = /^(.*)\.scxml$/.exec(file)?.[1];
      if (name === undefined || !existsSync(join(folder, group, `${name}.json`))) continue;
      (ENABLED[group]?.includes(name) ? enabled : others).push(read(group, name));
    }
  return { enabled, others };
}
