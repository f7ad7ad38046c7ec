import { makeCalendar } from '../../workflows/calendar/calendar.ts';
import { chinaCalendar } from '../../workflows/calendar/china.ts';
import type { LiveDirectory } from '../directory/directory.ts';

export const benchCalendar = makeCalendar(chinaCalendar());

/** The cases that are measured name their actor, so that no organisation has to exist. */
export const benchDirectory: LiveDirectory = {
  data: () => ({ orgs: new Map(), people: new Map(), roles: new Map() }),
  resolve: ({ who }) => who.map((one) => (one.kind === 'person' ? [one.person] : [])),
  participantFacts: (id, category) => ({ participant: { id, name: id, category } }),
  reload: async () => undefined,
};
