import { z } from 'zod';
import { type CsvColumn, formulaCells, readCsv } from '../http/csv.ts';
import { checkCells, finishImport, type ImportResult } from '../http/csvImport.ts';
import type { Database } from '../http/deps.ts';
import { instantSchema, lineText, longText } from '../http/schema.ts';
import { type Intake, takeComplaints } from './intake.ts';
import type { NewComplaint } from './schema.ts';

const columns: CsvColumn[] = [
  { name: 'channel', aliases: ['渠道', '来源'], required: true },
  { name: 'reference', aliases: ['编号', '工单号', 'unique key'], required: true },
  { name: 'received', aliases: ['受理时间', '收到时间', 'created date'], required: true },
  { name: 'text', aliases: ['内容', '诉求内容', 'descriptor'], required: true },
  { name: 'category', aliases: ['类别', '诉求类别', 'complaint type'], required: false },
  { name: 'place', aliases: ['地点', '地址', 'incident address'], required: false },
];

const empty = z.literal('').transform(() => undefined);
const cells = (calendar: Intake['calendar']) => ({
  channel: lineText(50),
  reference: lineText(100),
  // A day alone means its working hours; times are instants.
  received: z.iso
    .date()
    .transform((day) => new Date(Date.parse(calendar.endOf(day)) - 1).toISOString())
    .or(instantSchema),
  text: longText(4000),
  category: empty.or(lineText(100)),
  place: empty.or(lineText(200)),
});

/** Takes in a list of complaints; all rows or none. */
export const importComplaints = async (
  db: Database,
  bytes: Buffer,
  dryRun: boolean,
  intake: Intake,
): Promise<ImportResult> => {
  const rows = readCsv(bytes, columns);
  const checked = checkCells(rows, cells(intake.calendar));
  const errors = [...formulaCells(rows), ...checked.errors];
  return finishImport(db, { rows: rows.length, errors, dryRun }, async () => {
    let created = 0;
    for (let at = 0; at < checked.values.length; at += 500) {
      const part = checked.values
        .slice(at, at + 500)
        .map(({ received, ...rest }) => ({ ...rest, receivedAt: received }));
      created += (await takeComplaints(db, part as unknown as NewComplaint[], intake)).created;
    }
    return { created, updated: 0 };
  });
};
