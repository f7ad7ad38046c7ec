import { z } from 'zod';
import { SECONDS } from '../../workflows/burden/minutes.ts';
import { seesAll } from '../auth/policy.ts';
import { type Route, route } from '../http/route.ts';
import { idParams, named, refSchema } from '../http/schema.ts';
import { readBurden } from './read.ts';

export const burdenSchema = named(
  'Burden',
  z.object({
    items: z.array(
      z.object({
        org: refSchema,
        month: z.string(),
        forms: z.int(),
        fields: z.int(),
        uploadsAsked: z.int(),
        uploads: z.int(),
        minutes: z.number(),
      }),
    ),
    seconds: z
      .record(z.string(), z.int())
      .meta({ description: 'the estimate behind the minutes: seconds a form, a field' }),
  }),
);

export const burdenRoutes: Route[] = [
  route({
    id: 'cycles.burden',
    method: 'get',
    path: '/cycles/:id/burden',
    summary: { zh: '周期给各单位带来的负担', en: 'what a cycle asks of each unit in each month' },
    can: 'business',
    input: { params: idParams },
    output: { status: 200, body: burdenSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params, me }) => ({
      body: { ...(await readBurden(db, params.id, seesAll(me) ? null : me.sees)), seconds: SECONDS },
    }),
  }),
];
