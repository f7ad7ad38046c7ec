import type { Language } from '../../../workflows/text.ts';
import type { Messages } from './translate.ts';

/** Words that come with the pages that use them, not with the first load: one line a feature, in each language. */
const zh = {
  account: async () => (await import('./zh/account.ts')).account,
  fieldHelp: async () => (await import('./zh/fieldHelp.ts')).fieldHelp,
  start: async () => (await import('./zh/start.ts')).start,
  orgTree: async () => (await import('./zh/orgTree.ts')).orgTree,
  operations: async () => (await import('./zh/operations.ts')).operations,
  audit: async () => (await import('./zh/audit.ts')).audit,
  handover: async () => (await import('./zh/handover.ts')).handover,
  keys: async () => (await import('./zh/keys.ts')).keys,
  chart: async () => (await import('./zh/chart.ts')).chart,
  public: async () => (await import('./zh/public.ts')).publicPages,
  lights: async () => (await import('./zh/lights.ts')).lights,
  results: async () => (await import('./zh/results.ts')).results,
  reports: async () => (await import('./zh/reports.ts')).reports,
  designer: async () => (await import('./zh/designer.ts')).designer,
  unit: async () => (await import('./zh/unit.ts')).unit,
  rounds: async () => (await import('./zh/rounds.ts')).rounds,
  opinions: async () => (await import('./zh/opinions.ts')).opinions,
  rectify: async () => (await import('./zh/rectify.ts')).rectify,
  afterwards: async () => (await import('./zh/afterwards.ts')).afterwards,
  found: async () => (await import('./zh/found.ts')).found,
  ledger: async () => (await import('./zh/ledger.ts')).ledger,
  supervision: async () => (await import('./zh/supervision.ts')).supervision,
  office: async () => (await import('./zh/office.ts')).office,
  tokens: async () => (await import('./zh/tokens.ts')).tokens,
};

export type LaterName = keyof typeof zh;
export type LaterWords = { [Name in LaterName]: Awaited<ReturnType<(typeof zh)[Name]>> };

const en: Record<LaterName, () => Promise<Messages>> = {
  account: async () => (await import('./en/account.ts')).account,
  fieldHelp: async () => (await import('./en/fieldHelp.ts')).fieldHelp,
  start: async () => (await import('./en/start.ts')).start,
  orgTree: async () => (await import('./en/orgTree.ts')).orgTree,
  operations: async () => (await import('./en/operations.ts')).operations,
  audit: async () => (await import('./en/audit.ts')).audit,
  handover: async () => (await import('./en/handover.ts')).handover,
  keys: async () => (await import('./en/keys.ts')).keys,
  chart: async () => (await import('./en/chart.ts')).chart,
  public: async () => (await import('./en/public.ts')).publicPages,
  lights: async () => (await import('./en/lights.ts')).lights,
  results: async () => (await import('./en/results.ts')).results,
  reports: async () => (await import('./en/reports.ts')).reports,
  designer: async () => (await import('./en/designer.ts')).designer,
  unit: async () => (await import('./en/unit.ts')).unit,
  rounds: async () => (await import('./en/rounds.ts')).rounds,
  opinions: async () => (await import('./en/opinions.ts')).opinions,
  rectify: async () => (await import('./en/rectify.ts')).rectify,
  afterwards: async () => (await import('./en/afterwards.ts')).afterwards,
  found: async () => (await import('./en/found.ts')).found,
  ledger: async () => (await import('./en/ledger.ts')).ledger,
  supervision: async () => (await import('./en/supervision.ts')).supervision,
  office: async () => (await import('./en/office.ts')).office,
  tokens: async () => (await import('./en/tokens.ts')).tokens,
};

export const later: Record<Language, Record<LaterName, () => Promise<Messages>>> = { zh, en };
