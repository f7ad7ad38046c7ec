interface Place {
  path: string;
  start: number;
}

/** A path of the linter as its steps: `phases.plan.blocks[0].key` is phases, plan, blocks, 0, key. */
export const stepsOf = (path: string): string[] =>
  path
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter(Boolean);

/**
 * Where a path stands in a JSON text, as an offset; of a path that is not there, its nearest parent. Scans without
 * parsing, so it also works for the part before a syntax error.
 */
export function locate(text: string, path: string): number {
  const wanted = stepsOf(path);
  let best = 0;
  let depth = -1;
  for (const place of placesOf(text)) {
    const steps = stepsOf(place.path);
    if (steps.length > depth && steps.length <= wanted.length && steps.every((step, at) => step === wanted[at])) {
      best = place.start;
      depth = steps.length;
    }
  }
  return best;
}

/** Every key and every array item of a JSON text with its path, in order. */
function* placesOf(text: string): Generator<Place> {
  const stack: { kind: '{' | '['; step: string; index: number }[] = [];
  const path = () => stack.map((frame) => frame.step).join('.');
  const token = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g;
  let fresh = true;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [word] = match;
    const top = stack.at(-1);
    if (word === ',') {
      if (top?.kind === '[') top.index++;
      fresh = true;
      continue;
    }
    if (word === ':') continue;
    if (word === '}' || word === ']') {
      stack.pop();
      fresh = false;
      continue;
    }
    if (top?.kind === '{' && fresh && word.startsWith('"')) {
      top.step = word.slice(1, -1);
      fresh = false;
      yield { path: path(), start: match.index };
      continue;
    }
    if (top?.kind === '[' && fresh) {
      top.step = String(top.index);
      fresh = false;
      yield { path: path(), start: match.index };
    }
    if (word === '{' || word === '[') {
      stack.push({ kind: word, step: '', index: 0 });
      fresh = true;
    }
  }
}

/** Line and column, both from 1, of an offset. */
export function lineOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Where a text stops being JSON, if it does. */
export function syntaxFlaw(text: string): { line: number; column: number } | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    const message = (error as Error).message;
    const offset = /position (\d+)/.exec(message)?.[1];
    return lineOf(text, offset === undefined ? text.length : Number(offset));
  }
}
