import type { Text } from '../text.ts';
import type { GradeScheme, Quota } from './schema.ts';

/** What people call a quota: the names of its grades, from the best. */
export function quotaName({ grades }: GradeScheme, quota: Quota): Text {
  const names = grades.filter(({ key }) => quota.grades.includes(key)).map(({ name }) => name);
  return { zh: names.map(({ zh }) => zh).join('、'), en: names.map(({ en }) => en).join(', ') };
}
