import type { Definitions } from '../cases/definitions.ts';
import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { listItems, readItem } from './read.ts';
import { itemDetailSchema, itemPage, itemQuery } from './schema.ts';

export const makeRectificationRoutes = ({ definitions }: { definitions: Definitions }): Route[] => [
  route({
    id: 'rectification.list',
    method: 'get',
    path: '/rectification',
    summary: { zh: '整改台账', en: 'the register of what is rectified' },
    can: 'business',
    input: { query: itemQuery },
    output: { status: 200, body: itemPage },
    problems: ['cursor.invalid', 'sort.unknown'],
    handler: async ({ db, query, me, now, deps }) => {
      const today = deps.calendar().dayOf(now.toISOString());
      return { body: await listItems({ db, me, now, today, definitions }, query) };
    },
  }),
  route({
    id: 'rectification.read',
    method: 'get',
    path: '/rectification/:id',
    summary: { zh: '整改事项的来龙去脉', en: 'an item from its source to its close-out' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: itemDetailSchema },
    problems: ['rectification.unknown'],
    handler: async ({ db, params, me, now, deps }) => {
      const today = deps.calendar().dayOf(now.toISOString());
      return { body: await readItem({ db, me, now, today, definitions }, params.id) };
    },
  }),
];
