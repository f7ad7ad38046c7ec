import type { Text } from '../text.ts';
import { unitParts } from './compare.ts';
import type { ReportData } from './data.ts';
import { burdenParts, rectificationParts, warningParts } from './follow.ts';
import { laggingParts, lightParts } from './lights.ts';
import type { ReportPart } from './part.ts';
import { resultParts } from './results.ts';
import { progressParts, scopeParts } from './scope.ts';
import { targetParts } from './targets.ts';
import { trendParts, yearOnYearParts } from './trends.ts';
import { judge } from './verdict.ts';
import { periodName, say } from './words.ts';

export interface Report {
  title: Text;
  parts: ReportPart[];
}

/**
 * 绩效报告: what a cycle came to, in figures, tables, pictures, and sentences that say nothing but these figures. The same data gives the
 * same report. Where units are not ranked it holds no ranking; what is null in the data is not spoken of.
 */
export function writeReport(data: ReportData): Report {
  const judged = data.indicators.map(judge);
  return {
    title: titleOf(data),
    parts: [
      ...scopeParts(data),
      ...progressParts(data),
      ...targetParts(data, judged),
      ...lightParts(data, judged),
      ...laggingParts(data, judged),
      ...trendParts(data, judged),
      ...yearOnYearParts(data, judged),
      ...unitParts(data, judged),
      ...resultParts(data),
      ...warningParts(data),
      ...rectificationParts(data),
      ...burdenParts(data),
    ],
  };
}

function titleOf({ cycle, unit, category, period }: ReportData): Text {
  const zh = [unit?.name ?? category?.name.zh, period && periodName(period).zh].filter(Boolean);
  const en = [unit?.name ?? category?.name.en, period && periodName(period).en].filter(Boolean);
  return say(
    `${cycle.name}绩效报告${zh.length > 0 ? `（${zh.join('，')}）` : ''}`,
    `Performance report: ${cycle.name}${en.length > 0 ? ` (${en.join(', ')})` : ''}`,
  );
}
