import english from 'ra-language-english';
import type { Messages } from '../translate.ts';
import { cases } from './case.ts';
import { common } from './common.ts';
import { flow } from './flow.ts';
import { form } from './form.ts';
import { inbox } from './inbox.ts';
import { layout } from './layout.ts';
import { session } from './session.ts';
import { task } from './task.ts';

export const en: Messages = { ...(english as Messages), cases, common, flow, form, inbox, layout, session, task };
