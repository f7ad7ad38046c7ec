import { openRound } from './ballots/open.ts';
import type { Services } from './engine/service.ts';
import { assign } from './indicators/assign.ts';
import { record } from './indicators/record.ts';
import { carry } from './rectification/carry.ts';
import { rank } from './results/rank.ts';

/** What carries out the blocks that the server does beside the cases. */
export const services: Services = { ballots: openRound, rank, assign, record, carry };
