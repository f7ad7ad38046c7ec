import { createHash } from 'node:crypto';

/**
 * Gives a number in [0, 1) for a purpose. It depends on the seed and the parts alone, never on what was drawn before, so the
 * order in which concurrent steps ask does not matter.
 */
export type Draw = (...purpose: (string | number)[]) => number;

export function makeDraw(seed: number): Draw {
  return (...purpose) => {
    const hash = createHash('sha256')
      .update([seed, ...purpose].join('\u0000'))
      .digest();
    return hash.readUIntBE(0, 6) / 2 ** 48;
  };
}

/** One of a list. @throws RangeError when there is none */
export function pick<T>(list: readonly T[], drawn: number): T {
  if (list.length === 0) throw new RangeError('nothing to pick from');
  return list[Math.min(list.length - 1, Math.floor(drawn * list.length))] as T;
}
