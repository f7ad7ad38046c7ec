const FEEL = new Set(['if', 'expression', 'where', 'formula']);
const SCORED = new Set(['choose', 'veto', 'when']);

/** Whether a text is an expression. (Of scoring rules, conditions and formulas see other names.) */
export const isFeel = (entry: string, around: readonly (string | undefined)[]): boolean =>
  FEEL.has(entry) || (entry === 'formula' && around[0] === 'feel');

/** Whether an expression sees the values of the case by their names. */
export const seesValues = (entry: string, around: readonly (string | undefined)[]): boolean =>
  (entry === 'if' && !SCORED.has(around.find((one) => one !== undefined) ?? '')) || entry === 'expression';
