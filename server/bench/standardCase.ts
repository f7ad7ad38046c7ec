import { v7 as uuidv7 } from 'uuid';
import type { JsonObject } from '../../workflows/json.ts';
import type { Block } from '../../workflows/template/block.ts';
import { type CycleTemplate, cycleTemplateSchema } from '../../workflows/template/schema.ts';
import type { StartCase } from '../engine/types.ts';

const name = (text: string) => ({ zh: text, en: text });

/** The person who holds every task of the standard case. */
export const ACTOR = '00000000-0000-8000-a000-000000000001';

const step = (n: number): Block => ({
  key: `step${n}`,
  name: name(`step ${n}`),
  type: 'task',
  who: [{ kind: 'person', person: ACTOR }],
  deadline: { from: 'opened', workingDays: 5 },
  remind: [0],
  fields: [{ key: `value${n}`, name: name(`value ${n}`), type: 'decimal' }],
});

/** The standard case: a start and four human events; each opens a task with a deadline timer and closes the one before. */
export const standardTemplate: CycleTemplate = cycleTemplateSchema.parse({
  key: 'standard',
  version: 1,
  name: name('standard case'),
  period: { kind: 'year' },
  roles: {},
  categories: {},
  phases: {
    plan: { blocks: [1, 2, 3, 4, 5].map(step) },
    execute: { blocks: [] },
    evaluate: { blocks: [] },
    feedback: { blocks: [] },
    rectify: { blocks: [] },
  },
});

export const STEPS = 4;

const definition = { template: standardTemplate, track: { kind: 'participant' } } as unknown as JsonObject;
const facts = { kind: 'plain', period: { year: 2026, start: '2026-01-01', end: '2026-12-31' } };

/** A start of the standard case, under a new id. */
export const newStandardCase = (): StartCase => ({
  id: uuidv7(),
  kind: 'plain',
  title: 'standard case',
  definition,
  input: { facts, data: {} },
});

/** The event that decides the case's n-th task. */
export const standardEvent = (n: number) => ({
  type: 'act' as const,
  seat: n,
  action: 'submit' as const,
  actor: ACTOR,
  values: { [`value${n}`]: `${n}.50` },
});
