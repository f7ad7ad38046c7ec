import type { Cell, Heatmap } from './api.ts';

export interface Row {
  id: string;
  name: string;
  cells: (Cell | undefined)[];
}

/** The cells of a heat map by unit and indicator; only units (and indicators) that have one of the `colours`, if any are asked for. */
export function gridOf(
  { units, indicators, cells }: Heatmap,
  colours: readonly string[],
): { columns: Heatmap['indicators']; rows: Row[] } {
  const wanted = cells.filter((cell) => colours.length === 0 || (cell.colour && colours.includes(cell.colour)));
  const byPlace = new Map(cells.map((cell) => [`${cell.org} ${cell.code}`, cell]));
  const orgs = new Set(wanted.map(({ org }) => org));
  const codes = new Set(wanted.map(({ code }) => code));
  const columns = indicators.filter(({ code }) => codes.has(code));
  return {
    columns,
    rows: units
      .filter(({ id }) => orgs.has(id))
      .map(({ id, name }) => ({ id, name, cells: columns.map(({ code }) => byPlace.get(`${id} ${code}`)) })),
  };
}
