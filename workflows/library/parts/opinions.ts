import type { TaskBlock } from '../../template/block.ts';
import { longText, must } from './fields.ts';
import { task } from './steps.ts';

/** The block in which the office says that the raters' opinions are sorted and their goals issued. */
export const OPINIONS_SORTED = 'opinionsSorted';

/**
 * 评价意见梳理: once for the cycle, the office sorts what raters wrote in ballots and surveys into praise and opinions, merges these into
 * improvement goals and issues them (`/improvement-goals`). Each goal is a finding of its units, so that the rectification which comes
 * next begins with it. The units wait until it is done.
 */
export const opinionsSorted = (workingDays: number): TaskBlock =>
  task(
    OPINIONS_SORTED,
    '梳理评价意见，印发整改目标',
    'Opinions are sorted and issued as improvement goals',
    'office',
    workingDays,
    [longText('opinionsSummary', '意见梳理和整改目标印发情况', 'What was sorted and issued', must)],
    {
      per: 'cycle',
      help: {
        zh: '在“评价意见”中将意见分为表扬和意见，合并为整改目标，确认并印发；印发的目标自动成为有关单位的整改事项。',
        en: 'Under opinions: sort them into praise and opinions, merge these into goals, confirm and issue them. Goals that are issued become items of their units.',
      },
    },
  );
