import { catalogue } from './index.ts';

/** The documentation's table of refusals, as Markdown. */
export const problemsTable = (): string => {
  const rows = Object.entries(catalogue)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { status, title }]) => `| \`${id}\` | ${status} | ${title.zh} | ${title.en} |`);
  return ['| id | status | 中文 | English |', '| --- | --- | --- | --- |', ...rows].join('\n');
};
