/** The first year whose holidays and make-up days are known. */
export const FIRST_YEAR = 2004;
/** Beyond the last known day dates are provisional; so many years beyond, nobody can mean them. */
const YEARS_AHEAD = 10;

/** The last year that a cycle or a calendar page may be asked for. */
export const lastYear = (knownUntil: string): number => Number(knownUntil.slice(0, 4)) + YEARS_AHEAD;
