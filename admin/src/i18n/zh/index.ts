import { ballots } from './ballots.ts';
import { calendar } from './calendar.ts';
import { cases } from './case.ts';
import { common } from './common.ts';
import { csv } from './csv.ts';
import { cycles } from './cycles.ts';
import { delegations } from './delegations.ts';
import { flow } from './flow.ts';
import { form } from './form.ts';
import { inbox } from './inbox.ts';
import { incidents } from './incidents.ts';
import { layout } from './layout.ts';
import { orgs } from './orgs.ts';
import { people } from './people.ts';
import { ra } from './ra.ts';
import { session } from './session.ts';
import { talk } from './talk.ts';
import { task } from './task.ts';
import { templates } from './templates.ts';

export const zh = {
  ballots,
  calendar,
  cases,
  common,
  csv,
  cycles,
  delegations,
  flow,
  form,
  inbox,
  incidents,
  layout,
  orgs,
  people,
  session,
  talk,
  task,
  templates,
  ra,
};
