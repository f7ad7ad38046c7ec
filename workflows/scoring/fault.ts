import type { Text } from '../text.ts';

/**
 * A rule that cannot be evaluated with this data. `id` is stable; `path` says where in the rule, such as `of.parts[0].rule`.
 * It reads like a problem of the API: title, hint, detail.
 */
export class ScoreFault extends Error {
  constructor(
    readonly id: `score.${string}`,
    readonly path: string,
    readonly title: Text,
    readonly hint: Text,
  ) {
    super(`${title.en}${path ? ` (${path})` : ''}`);
    this.name = 'ScoreFault';
  }
  get detail(): string {
    return this.path;
  }
}

/** A place in a rule, as a chain from the inside out: cheap to make, written down only when something is wrong there. */
export interface Place {
  up?: Place | undefined;
  part: string | number;
}

export function placeText(place: Place | undefined): string {
  const found: (string | number)[] = [];
  for (let here = place; here; here = here.up) found.unshift(here.part);
  return found.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path ? `${path}.${part}` : part),
    '',
  );
}
