import type { Catalogue } from '../catalogue.ts';

export const chart: Catalogue['chart'] = {
  asChart: 'Chart',
  asTable: 'Table',
  view: 'How to show it',
  csv: 'Download the table (CSV)',
  picture: 'Download the picture (SVG)',
  more: 'Download',
  none: 'No data',
  noData: 'There are no values to draw yet',
};
