import type { Who } from '../../template/when.ts';

/** The person in the post; nobody hands the own appraisal to somebody else. */
export const appraised: Who = { kind: 'role', role: 'staff', of: 'participant' };

/** A participant is a post with the person in it as its head; whoever leads the bureau that it belongs to appraises. */
export const appraiser: Who = { kind: 'head', of: 'monitoringUnit' };
