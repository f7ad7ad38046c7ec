import type { Rule } from '../../workflows/scoring/rule.ts';
import type {
  ApprovalBlock,
  Block,
  BranchBlock,
  ParallelBlock,
  RepeatBlock,
  TaskBlock,
  WaitBlock,
} from '../../workflows/template/block.ts';
import type { Field } from '../../workflows/template/field.ts';
import type { CycleTemplate, PhaseKey } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';

/** Templates for tests, short to write and without findings. */

export const named = (name: string): Text => ({ zh: name, en: name });

const OFFICE = { kind: 'role', role: 'performanceOffice' } as const;
const STAFF = { kind: 'role', role: 'staff', of: 'participant' } as const;

export const decimal = (key: string, more: Partial<Extract<Field, { type: 'decimal' }>> = {}): Field => ({
  key,
  type: 'decimal',
  name: named(key),
  required: true,
  ...more,
});
export const textField = (key: string, more: Partial<Extract<Field, { type: 'text' }>> = {}): Field => ({
  key,
  type: 'text',
  name: named(key),
  ...more,
});

type More<T> = { [K in keyof T]?: T[K] | undefined };
const merged = <T>(base: T, more: object): T =>
  Object.fromEntries(Object.entries({ ...(base as object), ...more }).filter(([, value]) => value !== undefined)) as T;

export const task = (key: string, more: More<TaskBlock> = {}): TaskBlock =>
  merged<TaskBlock>(
    { key, type: 'task', name: named(key), who: [STAFF], deadline: { from: 'opened', workingDays: 5 } },
    more,
  );

export const approval = (key: string, more: More<ApprovalBlock> = {}): ApprovalBlock =>
  merged<ApprovalBlock>(
    {
      key,
      type: 'approval',
      name: named(key),
      who: [OFFICE],
      deadline: { from: 'opened', workingDays: 5 },
      onReject: 'end',
    },
    more,
  );

export const wait = (key: string, more: More<WaitBlock> = {}): WaitBlock =>
  merged<WaitBlock>({ key, type: 'wait', name: named(key), until: { from: 'opened', workingDays: 1 } }, more);

/** The sum of values times weight, weights together 1, each value required; rounded to cents. */
export const weightedSum = (parts: readonly { value: string; weight: string }[]): Rule => ({
  kind: 'round',
  places: 2,
  mode: 'halfUp',
  of: {
    kind: 'composite',
    total: '1',
    of: parts.map(({ value, weight }) => ({
      key: value,
      weight,
      rule: { kind: 'input', path: `values.${value}`, required: true },
    })),
  },
});

export const weighted = (
  key: string,
  into: string,
  parts: { value: string; weight: string }[],
  more: object = {},
): Block =>
  merged<Block>(
    {
      key,
      type: 'compute',
      name: named(key),
      into,
      rule: { kind: 'rule', rule: weightedSum(parts) },
    },
    more,
  );

export const formula = (key: string, into: string, expression: string, more: object = {}): Block =>
  merged<Block>({ key, type: 'compute', name: named(key), into, rule: { kind: 'feel', expression } }, more);

export const rank = (key: string, by: string, more: object = {}): Block =>
  merged<Block>(
    {
      key,
      type: 'compute',
      per: 'cycle',
      name: named(key),
      into: 'standing',
      rule: { kind: 'rank', by, direction: 'up' },
    },
    more,
  );

export const gate = (key: string, condition: string, onFail: string): Block => ({
  key,
  type: 'gate',
  name: named(key),
  requires: [{ if: condition, reason: named('reason') }],
  onFail,
});

export const notify = (key: string, body: string, more: object = {}): Block =>
  merged<Block>({ key, type: 'notify', name: named(key), who: [OFFICE], subject: named(key), body: named(body) }, more);

export const parallel = (key: string, ...branches: Block[][]): ParallelBlock => ({
  key,
  type: 'parallel',
  name: named(key),
  branches: branches.map((blocks, i) => ({ key: `${key}${i}`, name: named(`${key}${i}`), blocks })),
});

export const branch = (key: string, condition: string, blocks: Block[], otherwise: Block[] = []): BranchBlock => ({
  key,
  type: 'branch',
  name: named(key),
  paths: [{ key: `${key}Yes`, name: named('yes'), if: condition, blocks }],
  otherwise: { key: `${key}No`, name: named('no'), blocks: otherwise },
});

export const repeat = (
  key: string,
  over: RepeatBlock['over'],
  mode: RepeatBlock['mode'],
  blocks: Block[],
  more: object = {},
): RepeatBlock => merged<RepeatBlock>({ key, type: 'repeat', name: named(key), over, mode, blocks }, more);

/** A template with these blocks in its phases. */
export const template = (
  phases: Partial<Record<PhaseKey, Block[]>>,
  more: Partial<CycleTemplate> = {},
): CycleTemplate => ({
  key: 'test',
  version: 1,
  name: named('test'),
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: named('office'), scope: 'city' },
    staff: { name: named('staff'), scope: 'unit' },
  },
  categories: { all: { name: named('all'), ranked: true } },
  phases: {
    plan: { blocks: phases.plan ?? [] },
    execute: { blocks: phases.execute ?? [] },
    evaluate: { blocks: phases.evaluate ?? [] },
    feedback: { blocks: phases.feedback ?? [] },
    rectify: { blocks: phases.rectify ?? [] },
  },
  ...more,
});
