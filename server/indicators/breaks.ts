const versions = (code: string, which: string) =>
  `EXISTS (SELECT FROM indicators l JOIN indicator_versions b ON b.indicator_id = l.id WHERE l.code = ${code} AND b.breaks AND ${which})`;
const yearly = (row: string) => `replace(${row}.aggregation, 'toDate', 'last')`;

/** SQL: by what the definition of one assigned indicator breaks with that of an earlier one (text[]). */
export const brokenSince = (old: string, now: string): string =>
  `array_remove(ARRAY[CASE WHEN ${old}.unit <> ${now}.unit THEN 'unit' END, CASE WHEN ${old}.direction <> ${now}.direction THEN 'direction' END,
    CASE WHEN ${old}.formula IS DISTINCT FROM ${now}.formula THEN 'formula' END, CASE WHEN ${yearly(old)} <> ${yearly(now)} THEN 'aggregation' END,
    CASE WHEN ${versions(`${now}.code`, `b.version > ${old}.version AND b.version <= ${now}.version`)} THEN 'definition' END], NULL)`;

/** SQL: by what it breaks with history, which was entered by the definition of its day and may state its unit. */
export const enteredBefore = (history: string, now: string): string =>
  `array_remove(ARRAY[CASE WHEN ${history}.unit <> ${now}.unit THEN 'unit' END,
    CASE WHEN ${versions(`${now}.code`, `b.made_at > ${history}.set_at AND b.version <= ${now}.version`)} THEN 'definition' END], NULL)`;
