import type { z } from 'zod';
import type { Call } from '../http/route.ts';
import { listCaseTasks } from '../tasks/list.ts';
import { caseActions } from './actions.ts';
import type { Definitions } from './definitions.ts';
import { readCaseRow } from './list.ts';
import type { caseSchema } from './schema.ts';
import { hiddenOf } from './visibility.ts';
import { openNotices } from './windows.ts';

type Reader = Pick<Call<unknown, unknown, unknown>, 'db' | 'deps' | 'me' | 'now'>;

/** A case with its values, items and open tasks. */
export const readCase = async (
  call: Reader,
  id: string,
  definitions: Definitions,
): Promise<z.infer<typeof caseSchema>> => {
  const { db, deps, me, now } = call;
  const { openTasks: _count, ...row } = await readCaseRow(db, id, me, now, definitions);
  const state = await deps.engine.read(id);
  const hidden = hiddenOf(state, row.phase, me);
  const children = await db.case.findMany({
    where: { parentId: id },
    select: { id: true, title: true, status: true },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
  });
  const actions = caseActions(state, me, row.can);
  return {
    ...row,
    can: actions.map(({ action }) => action),
    actions,
    value: state.snapshot.value,
    data: Object.fromEntries(Object.entries(state.context.data).filter(([name]) => !hidden.has(name))),
    notices: await openNotices(db, state),
    children: children as z.infer<typeof caseSchema>['children'],
    openTasks: await listCaseTasks(call, id, definitions),
  };
};
