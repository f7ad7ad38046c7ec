import { z } from 'zod';
import { type Route, route } from '../http/route.ts';
import { idSchema, named, refSchema } from '../http/schema.ts';
import { readOwnUnit } from './read.ts';

export const ownUnitSchema = named(
  'OwnUnit',
  z.object({
    unit: refSchema.meta({ description: 'the own department; of a section, the one that it belongs to' }),
    cycles: z.array(
      z.object({
        id: idSchema,
        name: z.string(),
        year: z.int(),
        status: z.string(),
        caseId: idSchema.optional().meta({ description: 'where the unit takes part' }),
        own: z.int().meta({ description: 'indicators of the unit' }),
        joint: z.int().meta({ description: 'those that it owns with others, of other units' }),
        monitored: z.int().meta({ description: 'those that it verifies' }),
        due: z.int().meta({ description: 'values still to be reported of periods that are over' }),
        missing: z.int().meta({ description: 'of these, past their day' }),
        orders: z.int().meta({ description: 'supervision orders to answer' }),
        flags: z.int().meta({ description: 'suspicious values to explain' }),
        items: z.int().meta({ description: 'open items of rectification' }),
      }),
    ),
  }),
);

export const unitRoutes: Route[] = [
  route({
    id: 'unit.read',
    method: 'get',
    path: '/me/unit',
    summary: { zh: '本单位参与的周期及待办数量', en: 'the own unit, its cycles, and what waits in each' },
    can: 'business',
    output: { status: 200, body: ownUnitSchema },
    handler: async ({ db, deps, me, now }) => ({
      body: await readOwnUnit(db, me, deps.calendar().dayOf(now.toISOString())),
    }),
  }),
];
