/**
 * Whether somebody reports the values of an indicator (`c`): nothing computes them, neither a formula nor a roll-up of its parts. Parts of
 * the unit's own sections take over once one of their values was reported; until then the unit reports for them.
 */
export const BY_HAND = `(c.formula IS NULL AND NOT (c.roll_up IS NOT NULL AND EXISTS (
  SELECT FROM cycle_indicators part JOIN org_units holder ON holder.id = part.org_id WHERE part.parent_id = c.id AND part.applies
    AND (holder.kind <> 'section' OR EXISTS (SELECT FROM indicator_values said WHERE said.cycle_indicator_id = part.id AND said.state <> 'due')))))`;
