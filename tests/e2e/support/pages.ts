import { launchCycle, waitForTask } from './cycle.ts';
import type { World } from './world.ts';

/** The pages of the console by who uses them, for a world with a cycle that runs (whose first draft of a plan is open) and one that is over. */
export async function findPages(world: World) {
  const cycle = await launchCycle(world, ['bwg', 'kx'], 2031);
  const office = await world.client('office');
  const draft = await waitForTask(await world.client('bwg.staff1'), cycle.id, 'draftPlan');
  const caseId = draft.split('.')[0] as string;
  const org = (await office.get('/orgs?limit=1')).body.items[0].id as string;
  const person = (await office.get('/people?limit=1')).body.items[0].id as string;
  const { items: cycles } = (await office.get('/cycles?limit=20')).body as { items: { id: string; status: string }[] };
  const finished = cycles.find(({ status }) => status === 'closed')?.id as string;
  return {
    cycle,
    draft,
    caseId,
    finished,
    office: [
      '/inbox',
      '/inbox?box=done',
      '/inbox?box=told',
      `/cases/${caseId}`,
      '/cycles',
      `/cycles/${cycle.id}`,
      `/cycles/${cycle.id}?view=cases`,
      `/cycles/${cycle.id}?view=results`,
      `/cycles/${finished}?view=lights`,
      `/cycles/${finished}?view=report`,
      ...['ranking', 'decisions', 'whatIf', 'recompute', 'years'].map(
        (part) => `/cycles/${finished}?view=results&part=${part}`,
      ),
      '/templates',
      '/templates/zjg-departments/versions/1',
      '/templates/zjg-departments/versions/1?view=json',
      '/templates/zjg-departments/versions/1?view=compare',
      '/calendar?year=2026',
      '/incidents',
      '/operations',
      '/tokens',
      `/cycles/${finished}?view=handling`,
      '/nowhere',
    ],
    administrator: [
      '/inbox',
      '/orgs',
      '/orgs/tree',
      `/orgs/${org}`,
      `/orgs/${org}/edit`,
      '/orgs/create',
      '/orgs/import',
      '/people',
      `/people/${person}`,
      `/people/${person}/edit`,
      '/people/import',
      '/incidents',
      '/operations',
    ],
    auditor: ['/audit'],
    security: [
      '/account',
      '/accounts',
      `/accounts/${person}`,
      '/people',
      `/people/${person}`,
      `/people/${person}/roles`,
      '/roles/import',
    ],

    outside: ['/forgotten', '/setup', '/reset?token=nobody', '/invitation'],
  };
}
