import type { Ability } from './grants.ts';
import type { Me } from './me.ts';

export { ABILITIES, type Ability, abilitiesOf } from './grants.ts';

export const may = (me: Pick<Me, 'abilities'>, ability: Ability): boolean => me.abilities.has(ability);

/** The office sees every case and every unit's figures; others what `rules.ts` says. */
export const seesAll = (me: Pick<Me, 'abilities'>): boolean => may(me, 'cycles.watch');
