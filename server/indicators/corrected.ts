/** Between code and period of a value that is corrected: `K01@2026-03`. No code has it in it. */
export const AT = '@';

/** Whose value a row corrects, and of which period; without one it is the last. */
export function placeOf(code: string): { code: string; period: string | undefined } {
  const [own = '', period] = code.split(AT);
  return { code: own, period };
}
