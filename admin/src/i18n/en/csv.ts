import type { Catalogue } from '../catalogue.ts';

export const csv: Catalogue['csv'] = {
  orgs: 'Import units',
  people: 'Import people',
  roles: 'Import roles',
  help: 'First a dry run: it checks and writes nothing. Import when it is clean; if one row is wrong, none is taken.',
  columns: 'Columns',
  required: 'required',
  template: 'Download an empty sheet',
  choose: 'Choose a CSV file',
  chooseExcel: 'Choose a CSV or Excel file',
  encodings: 'UTF-8 or GB18030 (as Excel saves it)',
  file: 'File',
  rows: 'Rows',
  created: 'To be added',
  updated: 'To be changed',
  dryOk: 'Clean: ready to import',
  run: 'Import',
  checking: 'Checking…',
  running: 'Importing…',
  done: 'Imported: %{created} added, %{updated} changed',
  errors:
    '%{smart_count} thing is wrong; nothing was changed |||| %{smart_count} things are wrong; nothing was changed',
  errorRow: 'Row',
  errorColumn: 'Column',
  errorWhat: 'What is wrong',
  again: 'Put the file right and choose it again.',
};
