import { cleanDecimal, compareDecimals, isDecimal } from '../form/decimal.ts';
import { readCells } from '../form/tableRows.ts';
import type { Value } from '../indicators/types.ts';

/** What somebody has typed for a value; what is not there is as it was. */
export interface Entry {
  value?: string;
  unit?: string;
  note?: string;
  evidence?: string[];
}

/** By the id of the indicator. */
export type Entries = Readonly<Record<string, Entry>>;

/** The cells that are typed in, from left to right. */
export const CELLS = ['value', 'unit', 'note'] as const;
export type Cell = (typeof CELLS)[number];

export type Flaw =
  | { kind: 'notNumber' | 'needsEvidence' | 'needsNote' }
  | { kind: 'tooSmall'; min: string }
  | { kind: 'tooLarge'; max: string }
  | { kind: 'wrongUnit'; unit: string };

/** What stands in a cell. */
export function shownIn(row: Value, entry: Entry | undefined, cell: Cell): string {
  if (cell === 'value') return entry?.value ?? row.reported ?? '';
  return cell === 'unit' ? (entry?.unit ?? row.unit) : (entry?.note ?? '');
}

export const evidenceOf = (row: Value, entry: Entry | undefined): string[] => entry?.evidence ?? row.evidence;

/** Whether a row has something to be sent. */
export function isTyped(row: Value, entry: Entry | undefined): boolean {
  if (!entry) return false;
  const value = cleanDecimal(shownIn(row, entry, 'value'));
  return (
    (value !== '' && value !== (row.reported ?? '')) ||
    (value !== '' && entry.evidence !== undefined && entry.evidence.join() !== row.evidence.join())
  );
}

const same = (a: string, b: string) => {
  const plain = (text: string) => text.normalize('NFKC').trim().toLowerCase();
  return plain(a) === plain(b);
};

/** What is wrong with a row, by cell, as far as one can tell before it is sent. */
export function flawsOf(row: Value, entry: Entry | undefined): Partial<Record<Cell | 'evidence', Flaw>> {
  if (!entry) return {};
  const value = cleanDecimal(shownIn(row, entry, 'value'));
  const unit = shownIn(row, entry, 'unit');
  const flaws: Partial<Record<Cell | 'evidence', Flaw>> = {};
  if (value !== '') {
    if (!isDecimal(value)) flaws.value = { kind: 'notNumber' };
    else if (row.min !== undefined && compareDecimals(value, row.min) < 0)
      flaws.value = { kind: 'tooSmall', min: row.min };
    else if (row.max !== undefined && compareDecimals(value, row.max) > 0)
      flaws.value = { kind: 'tooLarge', max: row.max };
  }
  if (unit.trim() !== '' && !same(unit, row.unit)) flaws.unit = { kind: 'wrongUnit', unit: row.unit };
  if (isTyped(row, entry)) {
    if (row.evidenceRequired && evidenceOf(row, entry).length === 0) flaws.evidence = { kind: 'needsEvidence' };
    if (row.state === 'verified' && !entry.note?.trim()) flaws.note = { kind: 'needsNote' };
  }
  return flaws;
}

/** What is sent: the rows with something new, and the row that each came from. */
export function toSend(rows: readonly Value[], entries: Entries) {
  return rows
    .filter((row) => isTyped(row, entries[row.id]))
    .map((row) => {
      const entry = entries[row.id];
      const evidence = evidenceOf(row, entry);
      const note = entry?.note?.trim();
      return {
        id: row.id,
        period: row.period,
        value: cleanDecimal(shownIn(row, entry, 'value')),
        unit: shownIn(row, entry, 'unit').trim() || row.unit,
        ...(evidence.length > 0 && { evidence }),
        ...(note && { reason: note }),
      };
    });
}

/** The entries after a range of a spreadsheet was pasted with its corner at a cell. What goes beyond the grid is left out. */
export function pasted(
  rows: readonly Value[],
  entries: Entries,
  at: { row: number; cell: Cell },
  text: string,
): { entries: Entries; count: number } {
  const next: Record<string, Entry> = { ...entries };
  const first = CELLS.indexOf(at.cell);
  let count = 0;
  readCells(text).forEach((line, down) => {
    const row = rows[at.row + down];
    if (!row) return;
    line.forEach((typed, right) => {
      const cell = CELLS[first + right];
      if (!cell) return;
      next[row.id] = { ...next[row.id], [cell]: cell === 'value' ? cleanDecimal(typed) : typed.trim() };
      count++;
    });
  });
  return { entries: next, count };
}

const PARTS: Record<string, Cell | 'evidence'> = { value: 'value', unit: 'unit', reason: 'note', evidence: 'evidence' };

/** Where a refusal of what was sent belongs: the indicator and the cell. What is about the whole row stands at its value. */
export function placeOf(
  path: string,
  sent: readonly { id: string }[],
): { id: string; cell: Cell | 'evidence' } | undefined {
  const [, index, part] = /^values\[(\d+)\](?:\.(\w+))?/.exec(path) ?? [];
  const id = index === undefined ? undefined : sent[Number(index)]?.id;
  return id === undefined ? undefined : { id, cell: PARTS[part ?? ''] ?? 'value' };
}
