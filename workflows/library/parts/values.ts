import type { Block } from '../../template/block.ts';
import type { Field } from '../../template/field.ts';
import { decimal, must, table, text } from './fields.ts';

/** Indicators with the year's target and the value to be reported. */
const values = (key: string, source: 'due' | 'owned'): Field =>
  table(
    key,
    '指标完成值',
    'Values of the indicators',
    [
      text('code', '编号', 'Code', { ...must, maxLength: 64 }),
      text('name', '指标', 'Indicator', { maxLength: 200 }),
      text('unit', '计量单位', 'Unit', { maxLength: 20 }),
      decimal('target', '目标值', 'Target', { places: 6 }),
      decimal('value', '完成值', 'Value', { ...must, places: 4 }),
    ],
    { source, maxRows: 500 },
  );

/** The values of the indicators that are due in the period. */
export const valueTable = (): Field => values('values', 'due');

/** Of these, those that the unit of the item owns for another. */
export const ownedTable = (): Field => values('ownedValues', 'owned');

const record = (key: string, values: string, into: string): Block => ({
  key,
  type: 'compute',
  name: { zh: '核验值入库', en: 'The verified values go on record' },
  into,
  rule: { kind: 'record', values },
});

/** The verified values of the period go on record, with their lights. */
export const recordValues = (): Block => record('recordValues', 'values', 'recorded');
export const recordOwned = (): Block => record('recordOwned', 'ownedValues', 'recordedOwned');
