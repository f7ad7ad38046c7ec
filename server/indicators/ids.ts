import { v5 as uuidv5 } from 'uuid';

const SPACE = '6f1d7f9e-8f4d-5c1b-9a53-2b0c9a1d5e77';

/** The id of a unit's indicator in a cycle follows from what it is, so that assigning twice makes one. */
export const cycleIndicatorId = (cycleId: string, orgId: string, code: string): string =>
  uuidv5(`${cycleId}/${orgId}/${code}`, SPACE);

export const milestoneId = (cycleIndicatorId: string, position: number): string =>
  uuidv5(`${cycleIndicatorId}/milestone/${position}`, SPACE);
