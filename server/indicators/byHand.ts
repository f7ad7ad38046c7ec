/** Whether somebody reports the values of an indicator (`c`): nothing computes them, neither a formula nor a roll-up of its parts. */
export const BY_HAND = `(c.formula IS NULL AND NOT (c.roll_up IS NOT NULL
  AND EXISTS (SELECT FROM cycle_indicators part WHERE part.parent_id = c.id AND part.applies)))`;
