/** Points as they are entered: without a sign, the kind of the item says it. */
export const POINTS = /^\d{1,9}(\.\d{1,6})?$/;
