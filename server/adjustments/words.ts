import type { CycleTemplate } from '../../workflows/template/schema.ts';
import type { Text } from '../../workflows/text.ts';

/** Items that what comes by itself is entered under, where the template names none. */
export const AUTOMATIC: Readonly<Record<string, Text>> = {
  overdue: { zh: '逾期扣分', en: 'Overdue' },
  light: { zh: '亮灯扣分', en: 'Warning lights' },
};

/** What an item of the ledger is called. */
export const itemName = (template: CycleTemplate, key: string): Text =>
  template.adjustments?.items.find((item) => item.key === key)?.name ?? AUTOMATIC[key] ?? { zh: key, en: key };

export const groupName = (template: CycleTemplate, key: string): Text =>
  template.adjustments?.groups?.[key]?.name ?? { zh: key, en: key };
