import { expect, vi } from 'vitest';
import type { CycleTemplate } from '../../../workflows/template/schema.ts';
import type { Client } from '../../support/client.ts';
import type { World } from './world.ts';

export interface LaunchedCycle {
  id: string;
  name: string;
}

/** Launches a cycle for a few departments and issues the city's goals, so that their staff have a plan to draft. */
export const launchCycle = async (world: World, codes: string[], year: number): Promise<LaunchedCycle> => {
  const office = await world.client('office');
  const participants = await Promise.all(codes.map((code) => participant(office, code)));
  const name = `${year} 年度考评`;
  const made = await office.post('/cycles', { templateKey: 'zjg-departments', version: 1, year, name, participants });
  expect(made.status, JSON.stringify(made.body)).toBe(202);
  const { id } = made.body;
  const goals = await waitForTask(office, id, 'issueGoals');
  const acted = await office.post(`/tasks/${goals}/act`, {
    action: 'submit',
    values: { cityGoals: '地区生产总值增长 5.5%。', commonIndicators: [{ name: '按期办结率', basis: '月度统计' }] },
  });
  expect(acted.status, JSON.stringify(acted.body)).toBe(200);
  return { id, name };
};

/** Publishes a template of the test's own (again: as its next version) and launches it for one department; answers the cycle's id. */
export const launchOwn = async (
  world: World,
  content: CycleTemplate,
  code: string,
  { year, name }: { year: number; name: string },
): Promise<string> => {
  const office = await world.client('office');
  const draft = await office.post('/templates', { content });
  expect(draft.status).toBe(201);
  const { version } = draft.body;
  expect((await office.post(`/templates/${content.key}/versions/${version}/publish`)).status).toBe(200);
  const participants = [await participant(office, code)];
  const made = await office.post('/cycles', { templateKey: content.key, version, year, name, participants });
  expect(made.status, JSON.stringify(made.body)).toBe(202);
  return made.body.id;
};

/** The first open task of someone at a block of a cycle, as soon as it is there. */
export const waitForTask = (client: Client, cycleId: string, block: string): Promise<string> =>
  vi.waitFor(
    async () => {
      const { body } = await client.get(`/tasks?cycleId=${cycleId}&limit=100`);
      const found = body.items.find((task: { block: string }) => task.block === block);
      if (!found)
        throw new Error(
          `no open task ${block}: ${JSON.stringify(body.items.map((task: { block: string }) => task.block))}`,
        );
      return found.id as string;
    },
    { timeout: 20_000, interval: 100 },
  );

const participant = async (office: Client, code: string) => {
  const { body } = await office.get(`/orgs?q=${code}&limit=100`);
  const org = body.items.find((one: { code: string }) => one.code === code);
  return { orgId: org.id as string, category: org.category as string };
};
