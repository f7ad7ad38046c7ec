import type { z } from 'zod';
import { emptyContext } from '../../workflows/machine/context.ts';
import { forecastOf } from '../../workflows/machine/forecast.ts';
import { isGreen, lintTemplate } from '../../workflows/template/lint/index.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { FIRST_YEAR, lastYear } from '../calendar/range.ts';
import { presentForecast } from '../cases/forecast.ts';
import type { forecastSchema } from '../cases/schema.ts';
import type { Deps } from '../http/deps.ts';
import { problem } from '../http/problem.ts';
import type { forecastBody } from './schema.ts';

/** How the cycle of a template would go for a unit, if it were launched: nothing is written. */
export const forecastLaunch = (
  { directory, calendar }: Pick<Deps, 'directory' | 'calendar'>,
  content: unknown,
  { year, orgId, category: asked, from }: z.infer<typeof forecastBody>,
  now: Date,
): z.infer<typeof forecastSchema> => {
  if (!isGreen(lintTemplate(content))) throw problem('template.red');
  const template = content as CycleTemplate;
  const days = calendar();
  if (year < FIRST_YEAR || year > lastYear(days.knownUntil))
    throw problem('calendar.outside', { date: year, from: FIRST_YEAR, to: lastYear(days.knownUntil) });
  const begins = from === undefined ? year : Number(from.slice(0, 4));
  if (begins < FIRST_YEAR || begins > lastYear(days.knownUntil))
    throw problem('calendar.outside', { date: begins, from: FIRST_YEAR, to: lastYear(days.knownUntil) });
  const org = directory.data().orgs.get(orgId);
  if (!org) throw problem('org.unknown');
  const category = asked ?? org.category ?? '';
  if (!template.categories[category])
    throw problem('input.invalid', {
      errors: [{ path: 'category', message: { zh: '模板中没有此类别', en: 'not a category of the template' } }],
    });
  const period = { year, start: `${year}-01-01`, end: `${year}-12-31` };
  const forecast = forecastOf({
    template,
    track: { kind: 'participant' },
    context: emptyContext({ kind: 'participant', period, ...directory.participantFacts(orgId, category) }),
    dates: new Map(),
    ahead: true,
    now: from ?? now.toISOString(),
    calendar: days,
    directory: directory.resolve,
  });
  return presentForecast(forecast, template, directory.data());
};
