const KINDS: readonly [RegExp, string][] = [
  [/^image\//, 'image'],
  [/spreadsheet|ms-excel|csv/, 'sheet'],
  [/^text\//, 'text'],
  [/zip/, 'archive'],
];

/** The kind of a file, as a rule for evidence names it, by its type. */
export const evidenceKind = (mime: string): string => KINDS.find(([type]) => type.test(mime))?.[1] ?? 'document';

/** The same in SQL, of a column. */
export const KIND_OF_FILE = (mime: string): string =>
  `CASE ${KINDS.map(([type, kind]) => `WHEN ${mime} ~ '${type.source}' THEN '${kind}'`).join(' ')} ELSE 'document' END`;
