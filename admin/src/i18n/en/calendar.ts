import type { Catalogue } from '../catalogue.ts';

export const calendar: Catalogue['calendar'] = {
  title: 'Calendar',
  under: 'Deadlines count working days: public holidays do not count, make-up days do.',
  previous: 'Previous year',
  next: 'Next year',
  known: 'Known until %{day}',
  unknown:
    'The holidays of %{year} are not announced yet; deadlines count Monday to Friday and are marked provisional.',
  rest: 'off',
  work: 'make-up work day',
  restDays: '%{days} days off',
  workDays: '%{days} make-up days',
  list: 'Holidays and make-up days',
};
