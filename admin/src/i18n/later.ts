import type { Language } from '../../../workflows/text.ts';
import type { Messages } from './translate.ts';

/** Words that come with the pages that use them, not with the first load: one line a feature, in each language. */
const zh = {
  chart: async () => (await import('./zh/chart.ts')).chart,
  public: async () => (await import('./zh/public.ts')).publicPages,
};

export type LaterName = keyof typeof zh;
export type LaterWords = { [Name in LaterName]: Awaited<ReturnType<(typeof zh)[Name]>> };

const en: Record<LaterName, () => Promise<Messages>> = {
  chart: async () => (await import('./en/chart.ts')).chart,
  public: async () => (await import('./en/public.ts')).publicPages,
};

export const later: Record<Language, Record<LaterName, () => Promise<Messages>>> = { zh, en };
