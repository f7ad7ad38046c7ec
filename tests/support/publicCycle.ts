import { publicOpinions } from '../../workflows/library/parts/plan.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { decimal, named, rank, repeat, task, weighted } from './blocks.ts';
import { indicatorCycle } from './indicatorCycle.ts';

const who = [{ kind: 'role', role: 'performanceOffice' } as const];
const until = { from: 'opened', workingDays: 5 } as const;

const base = indicatorCycle();
const [draft, approve, assign] = base.phases.plan.blocks;
const [quarters] = base.phases.execute.blocks;
if (!draft || !approve || !assign || quarters?.type !== 'repeat')
  throw new Error('the template of indicators has changed');

/** Draft, consultation, answers, assignment; quarters shown one by one; a score that is public in its window, with a note. */
export const openCycle: CycleTemplate = {
  ...base,
  key: 'open',
  roles: { ...base.roles, performanceOffice: { name: named('office'), scope: 'city' } },
  phases: {
    ...base.phases,
    plan: {
      blocks: [
        { ...draft, who } as typeof draft,
        { key: 'asked', type: 'window', name: named('asked'), until },
        task('reply', { who, fields: [publicOpinions()] }),
        approve,
        assign,
      ],
    },
    execute: {
      blocks: [
        repeat('quarters', 'quarters', 'oneByOne', [
          ...quarters.blocks.map((block) => (block.key === 'report' ? ({ ...block, who } as typeof block) : block)),
          { key: 'shown', type: 'window', name: named('shown'), until },
        ]),
      ],
    },
    evaluate: {
      blocks: [
        task('mark', { who, fields: [decimal('work'), { key: 'secret', type: 'text', name: named('secret') }] }),
        weighted('composite', 'total', [{ value: 'work', weight: '1' }]),
        rank('ranking', 'total'),
        task('decide', {
          who,
          per: 'cycle',
          fields: [
            { key: 'note', type: 'longText', name: { zh: '年度报告', en: 'Report of the year' }, required: true },
          ],
        }),
        { key: 'publicity', type: 'window', per: 'cycle', name: named('publicity'), until },
      ],
    },
  },
  publish: {
    goals: { from: { block: 'asked' } },
    progress: { from: { block: 'shown' } },
    results: { from: { block: 'publicity' } },
    texts: [{ field: 'note', from: { block: 'publicity' } }],
    consultation: { during: 'asked', into: 'publicOpinions', answer: 'adopted' },
  },
};

/** The same with nothing but a mark, its score, and the window in which it is public. */
export const judgedCycle: CycleTemplate = {
  ...openCycle,
  key: 'judged',
  phases: { ...openCycle.phases, plan: { blocks: [task('asked', { who })] }, execute: { blocks: [] } },
  publish: { results: { from: { block: 'publicity' } }, texts: [{ field: 'note', from: { block: 'publicity' } }] },
};
