import type { Catalogue } from '../catalogue.ts';

export const reports: Catalogue['reports'] = {
  choose: 'What the report is about',
  period: 'To the end of',
  wholeYear: 'The whole year',
  years: 'Year and halves',
  quarters: 'Quarters',
  months: 'Months',
  category: 'Category',
  allCategories: 'All categories',
  unit: 'Unit',
  allUnits: 'All units',
  download: 'Download',
  pdf: 'PDF',
  html: 'Page (HTML)',
  json: 'Data (JSON)',
  csv: 'All tables (CSV)',
  writtenOn: 'From the data of %{day}',
  none: 'There is no report that you may see',
  noneHelp: 'Units see the reports of themselves and of what they monitor.',
};
