import type { Text } from '../../workflows/text.ts';

/** What the system says of a value. Ids: those of formulas (`formula.divideByZero`), `value.replaced`, `value.counted`. */
export type Note = Text & { id: string };

/** A verified value was replaced by a delivery, which nobody gave a reason for; `what` names the delivery. */
export const replacedBy = (what: Text): Note => ({
  id: 'value.replaced',
  zh: `已核验的数据由${what.zh}替换。`,
  en: `The verified value was replaced by ${what.en}.`,
});

/** Which figures of citizens and observers a value was counted from, beside what else there is to say of it. */
export const countedFrom = (figures: Text | null, note: Note | null): Note | null => {
  if (!figures) return note;
  const counted = { zh: `${figures.zh}。`, en: `${figures.en}.` };
  return note
    ? { id: note.id, zh: `${note.zh}${counted.zh}`, en: `${note.en} ${counted.en}` }
    : { id: 'value.counted', ...counted };
};
