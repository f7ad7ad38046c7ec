import { type Route, route } from '../http/route.ts';
import { idParams } from '../http/schema.ts';
import { readHandling } from './handling.ts';
import { handlingSchema, operationsSchema } from './schema.ts';
import { readOperations } from './state.ts';

/** How the instance and its cycles run: what is held up, and where. */
export const operationsRoutes: Route[] = [
  route({
    id: 'operations.read',
    method: 'get',
    path: '/operations',
    summary: { zh: '运行状况：队列、期限、邮件、后台进程', en: 'how the instance runs: queue, timers, mail, workers' },
    can: 'operations.read',
    output: { status: 200, body: operationsSchema },
    handler: async ({ db, now }) => ({ body: await readOperations(db, now) }),
  }),
  route({
    id: 'cycles.handling',
    method: 'get',
    path: '/cycles/:id/handling',
    summary: { zh: '各步骤、各单位的办理用时', en: 'how long the steps of a cycle take, by block and by unit' },
    can: 'cycles.watch',
    input: { params: idParams },
    output: { status: 200, body: handlingSchema },
    problems: ['cycle.unknown'],
    handler: async ({ db, params, now }) => ({ body: await readHandling(db, params.id, now) }),
  }),
];
