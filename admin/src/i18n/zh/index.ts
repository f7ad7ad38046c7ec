import { cases } from './case.ts';
import { common } from './common.ts';
import { flow } from './flow.ts';
import { form } from './form.ts';
import { inbox } from './inbox.ts';
import { layout } from './layout.ts';
import { ra } from './ra.ts';
import { session } from './session.ts';
import { task } from './task.ts';

export const zh = { cases, common, flow, form, inbox, layout, ra, session, task };
