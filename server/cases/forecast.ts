import type { z } from 'zod';
import { Prisma } from '../../prisma/client/client.ts';
import type { Moment } from '../../workflows/calendar/resolve.ts';
import type { CaseContext } from '../../workflows/machine/context.ts';
import { type Forecast, type ForecastStep, forecastOf, type Running } from '../../workflows/machine/forecast.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Who } from '../../workflows/template/when.ts';
import type { Text } from '../../workflows/text.ts';
import type { DirectoryData } from '../directory/directory.ts';
import type { CaseState } from '../engine/index.ts';
import type { Database, Deps } from '../http/deps.ts';
import { blockName, phaseName } from './names.ts';
import type { forecastSchema } from './schema.ts';

/** Who will act next in a case, in which block and by when. */
export const readForecast = async (
  db: Database,
  { directory, calendar }: Pick<Deps, 'directory' | 'calendar'>,
  state: CaseState,
  now: Date,
): Promise<z.infer<typeof forecastSchema>> => {
  const { template, track } = state.definition;
  if (state.context.outcome !== undefined) return presentForecast(null, template, directory.data());
  const others = await db.$queryRaw<Other[]>(Prisma.sql`
    WITH RECURSIVE below AS (
      SELECT id FROM cases WHERE parent_id = ${state.id}::uuid AND kind = 'item'
      UNION ALL SELECT c.id FROM cases c JOIN below b ON c.parent_id = b.id AND c.kind = 'item'
    )
    SELECT id, parent_id AS "parentId", kind, status, snapshot->'context' AS context FROM cases
    WHERE id IN (SELECT id FROM below)
       OR (${state.kind} = 'participant' AND cycle_id = ${state.cycleId}::uuid AND kind = 'cycle') ORDER BY started_at, id`);
  const dates = await datesOf(db, [state.id, ...others.map(({ id }) => id)]);
  const running = ({ id, context }: { id: string; context: CaseContext }): Running => {
    const items: Record<string, Running[]> = {};
    for (const other of others) {
      const { parent } = other.context.facts;
      if (other.parentId === id && parent && parent.round === context.rounds[parent.block])
        items[parent.block] = [...(items[parent.block] ?? []), running(other)];
    }
    return { context, dates: dates.get(id) ?? new Map(), items };
  };
  const cycle = others.find(({ kind }) => kind === 'cycle');
  const forecast = forecastOf({
    template,
    track,
    ...running(state),
    now: now.toISOString(),
    paused: [state, ...others].some(({ status }) => status === 'suspended'),
    calendar: calendar(),
    directory: directory.resolve,
    cycle: cycle && running(cycle),
  });
  return presentForecast(forecast, template, directory.data());
};

interface Other {
  id: string;
  parentId: string | null;
  kind: string;
  status: string;
  context: CaseContext;
}

/** The deadlines of open tasks and the dates that waits end on, by case and block. */
const datesOf = async (db: Database, ids: string[]): Promise<Map<string, Map<string, Moment>>> => {
  const rows = await db.$queryRaw<{ id: string; block: string; at: Date; provisional: boolean }[]>(Prisma.sql`
    SELECT case_id AS id, block, max(due_at) AS at, bool_or(provisional) AS provisional FROM tasks
    WHERE case_id = ANY(${ids}::uuid[]) AND state = 'open' AND due_at IS NOT NULL GROUP BY case_id, block
    UNION ALL
    SELECT case_id, event->>'block', due_at, provisional FROM timers
    WHERE case_id = ANY(${ids}::uuid[]) AND event->>'do' IN ('until', 'opens')`);
  const dates = new Map<string, Map<string, Moment>>();
  for (const { id, block, at, provisional } of rows)
    dates.set(id, (dates.get(id) ?? new Map()).set(block, { at: at.toISOString(), provisional }));
  return dates;
};

/** A forecast as the API tells it; null: the case has ended. */
export const presentForecast = (
  forecast: Forecast | null,
  template: CycleTemplate,
  directory: Pick<DirectoryData, 'people'>,
): z.infer<typeof forecastSchema> => ({
  assumes: ASSUMES,
  ...(forecast && { end: forecast.end }),
  complete: forecast?.complete ?? true,
  steps: (forecast?.steps ?? []).map((step) => present(step, template, directory)),
});

const present = (step: ForecastStep, template: CycleTemplate, { people }: Pick<DirectoryData, 'people'>) => ({
  block: step.block,
  name: step.name,
  type: step.type,
  phase: step.phase,
  phaseName: phaseName(template, step.phase),
  per: step.per,
  state: step.state,
  ...(step.item && { item: step.item.name }),
  on: step.on,
  people: step.people.flatMap((id) => {
    const person = people.get(id);
    return person ? [{ id, name: person.name }] : [];
  }),
  ...(step.who.length > 0 && { rule: inWords(step.who, template) }),
  auto: step.auto,
  from: step.from,
  ...(step.dueAt !== null && { dueAt: step.dueAt }),
  until: step.until,
  provisional: step.provisional,
  earliest: step.earliest,
});

const ASSUMES: Text = {
  zh: '按正常流程推算：每一步都在期限届满时办结、审批均通过；后一步从前一步的预计办结时起算',
  en: 'The normal path: each step is done at its deadline and approved; the next counts from the forecast end of the one before',
};

/** Who acts, as the template says it. */
const inWords = (who: readonly Who[], template: CycleTemplate): Text => {
  const texts = who.map((one) => ruleOf(one, template));
  return { zh: texts.map(({ zh }) => zh).join('、'), en: texts.map(({ en }) => en).join(', ') };
};

const UNITS: Record<string, Text> = {
  participant: { zh: '参评单位', en: 'of the unit' },
  monitoringUnit: { zh: '监测单位', en: 'of the monitoring unit' },
  item: { zh: '该分项单位', en: 'of the item' },
};

const ruleOf = (who: Who, template: CycleTemplate): Text => {
  switch (who.kind) {
    case 'role': {
      const name = template.roles[who.role]?.name ?? { zh: who.role, en: who.role };
      const unit = who.of && UNITS[who.of];
      return unit ? { zh: `${unit.zh}的${name.zh}`, en: `${name.en} ${unit.en}` } : name;
    }
    case 'head': {
      const unit = UNITS[who.of ?? 'participant'] as Text;
      return { zh: `${unit.zh}负责人`, en: `the head ${unit.en}` };
    }
    case 'superior':
      return { zh: '上一办理人的上级', en: 'the superior of who acted before' };
    case 'initiator':
      return { zh: '发起人', en: 'who began the case' };
    case 'field':
      return { zh: `字段“${who.field}”中选定的人`, en: `who is chosen in "${who.field}"` };
    case 'actorOf':
      return {
        zh: `“${blockName(template, who.block).zh}”的办理人`,
        en: `who decided "${blockName(template, who.block).en}"`,
      };
    case 'person':
      return { zh: '指定人员', en: 'a named person' };
  }
};
