import type { Language } from '../../../workflows/text.ts';
import type { Chaos } from './index.ts';

/** What a year of chaos came to, for people. */
export function printChaos(chaos: Chaos, language: Language): string[] {
  const say = (zh: string, en: string) => ({ zh, en })[language];
  const { cases, closed, waiting, violations, cycles, steps, days, seconds } = chaos;
  const table = (counts: Record<string, number>) => Object.entries(counts).map(([name, n]) => `  ${name} ${n}`);
  return [
    say(
      `${days.first} 至 ${days.last}：${cycles} 个周期 ${cases} 个实例，办结 ${closed}，等待具体人员 ${waiting}，违反约束 ${violations}；${steps} 步，用时 ${seconds} 秒`,
      `${days.first} to ${days.last}: ${cases} cases in ${cycles} cycles, ${closed} closed, ${waiting} wait for a named person, ${violations} violations; ${steps} steps in ${seconds} s`,
    ),
    '',
    say('办理', 'What was done'),
    ...table(chaos.done),
    say('应当拒绝且已拒绝', 'Rightly refused'),
    ...table(chaos.refused),
    '',
    ...chaos.waitingFor.map(({ title, block, person }) =>
      say(`  ${title} 在“${block}”等待 ${person}`, `  ${title} waits at "${block}" for ${person}`),
    ),
    ...chaos.found.map(({ caseId, what, detail }) => `  ✗ ${caseId} ${what}: ${detail}`),
    ...(chaos.database === undefined ? [] : [say('数据库保留在 ', 'The database is kept at ') + chaos.database]),
  ];
}
