import { says } from '../parts/fields.ts';

/** The answers of the questionnaire, and what each is worth: examples. */
export const SATISFACTION = [
  { key: 'verySatisfied', name: says('很满意', 'Very satisfied'), points: '100' },
  { key: 'satisfied', name: says('满意', 'Satisfied'), points: '80' },
  { key: 'neutral', name: says('一般', 'Neither'), points: '60' },
  { key: 'dissatisfied', name: says('不满意', 'Dissatisfied'), points: '0' },
];
