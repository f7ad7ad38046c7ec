import type { HumanBlock } from '../template/block.ts';
import { blocksOf, type CycleTemplate } from '../template/schema.ts';
import type { CaseContext } from './context.ts';

const known = new WeakMap<CycleTemplate, ReadonlySet<string>>();

/** The blocks whose people recuse themselves from a later one. */
export function recused(template: CycleTemplate): ReadonlySet<string> {
  const before = known.get(template);
  if (before) return before;
  const keys = new Set(
    [...blocksOf(template)].flatMap(({ block }) =>
      block.type === 'task' || block.type === 'approval' ? (block.recuse ?? []) : [],
    ),
  );
  known.set(template, keys);
  return keys;
}

/** 回避: who may not act in a block, because they had a hand in what it judges. */
export const barredFrom = (block: HumanBlock, { done }: CaseContext): ReadonlySet<string> =>
  new Set((block.recuse ?? []).flatMap((key) => done[key]?.acted ?? []));
