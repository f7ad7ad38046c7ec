import { type CycleTemplate, cycleTemplateSchema } from '../../workflows/template/schema.ts';

const name = (text: string) => ({ zh: text, en: text });

/** How many human steps a case has. */
export const ROUNDS = 12;

/**
 * Work for a fault run: twelve times a human step, then a timer that is due at once (the cycle's year is past), then a notice.
 * So every acknowledged step owes one timer and one job.
 */
export const crashTemplate: CycleTemplate = cycleTemplateSchema.parse({
  key: 'crash',
  version: 1,
  name: name('crash'),
  period: { kind: 'year' },
  roles: { performanceOffice: { name: name('office'), scope: 'city' } },
  categories: { all: { name: name('all'), ranked: false } },
  phases: {
    plan: {
      blocks: [
        {
          key: 'rounds',
          type: 'repeat',
          name: name('rounds'),
          over: 'months',
          mode: 'oneByOne',
          blocks: [
            { key: 'step', type: 'task', name: name('step'), who: [{ kind: 'role', role: 'performanceOffice' }] },
            { key: 'clock', type: 'wait', name: name('clock'), until: { from: 'periodStart' } },
            {
              key: 'tell',
              type: 'notify',
              name: name('tell'),
              who: [{ kind: 'role', role: 'performanceOffice' }],
              subject: name('told'),
              body: name('told'),
            },
          ],
        },
      ],
    },
    execute: { blocks: [] },
    evaluate: { blocks: [] },
    feedback: { blocks: [] },
    rectify: { blocks: [] },
  },
});

/** A year that is over, so that its timers are due as soon as they are set. */
export const CRASH_YEAR = 2020;
