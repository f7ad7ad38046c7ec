import { entries } from './entry.ts';

/** Findings, complaints, opinions and what is rectified. */
export const findingProblems = entries({
  'finding.unit': {
    status: 422,
    title: { zh: '单位未参加该周期', en: 'the unit takes no part in the cycle' },
    detail: { zh: '单位 {units}', en: 'units {units}' },
  },
});
