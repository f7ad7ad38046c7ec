import type { Text } from '../../workflows/text.ts';

/** What the system says of a value. Ids: those of formulas (`formula.divideByZero`), `value.replaced`. */
export type Note = Text & { id: string };

/** A verified value was replaced by a delivery, which nobody gave a reason for; `what` names the delivery. */
export const replacedBy = (what: Text): Note => ({
  id: 'value.replaced',
  zh: `已核验的数据由${what.zh}替换。`,
  en: `The verified value was replaced by ${what.en}.`,
});
