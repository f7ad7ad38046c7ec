import type { Text } from '../text.ts';
import type { PhaseKey } from './schema.ts';

/** What the phases are called where a template says nothing else. */
export const PHASE_NAMES: Record<PhaseKey, Text> = {
  plan: { zh: '目标制定', en: 'Plan' },
  execute: { zh: '执行监测', en: 'Execute' },
  evaluate: { zh: '考核评价', en: 'Evaluate' },
  feedback: { zh: '绩效反馈', en: 'Feedback' },
  rectify: { zh: '整改提升', en: 'Rectify' },
};
