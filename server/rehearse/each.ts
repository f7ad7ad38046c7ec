import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Settings } from '../settings/index.ts';
import { type Rehearsal, rehearse } from './index.ts';

/** How one of several rehearsals went: its counts, and what of it did not fire or was told to nobody. */
export interface Rehearsed extends Omit<Rehearsal, 'rows'> {
  left: { block: string; item: string | null; rung: number }[];
}

/** Rehearses templates one after the other, each in a database of its own. `ok`: every rung fired, was heard, and was in reach. */
export async function rehearseEach(
  templates: readonly CycleTemplate[],
  {
    settings,
    year,
    onTemplate,
  }: {
    settings: Pick<Settings, 'databaseUrl' | 'data'>;
    year: number;
    onTemplate?: (template: string, place: number) => void;
  },
): Promise<{ ok: boolean; templates: Rehearsed[] }> {
  const done: Rehearsed[] = [];
  for (const template of templates) {
    onTemplate?.(template.key, done.length + 1);
    const { rows, ...counts } = await rehearse({ settings, template, year });
    const left = rows
      .filter(({ fired, remark }) => !fired || remark)
      .map(({ block, item, rung }) => ({ block, item, rung }));
    done.push({ ...counts, left });
  }
  const ok = done.every(({ unfired, unheard, unreached }) => unfired + unheard + unreached.length === 0);
  return { ok, templates: done };
}
