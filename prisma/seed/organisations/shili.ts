import { type DepartmentRow, readTable } from '../city.ts';
import type { DemoParticipant, Organisation } from './organisation.ts';

/** All departments of 示例市, each in the category that is made of its own one. */
export const departments = (
  categoryOf: (own: DepartmentRow['category'], name: string) => string = (own) => own,
): DemoParticipant[] =>
  readTable<DepartmentRow>('departments.csv').map(({ code, category, name }) => ({
    code,
    category: categoryOf(category, name),
  }));

/** Its ten districts, in one category. */
export const districts = (category: string): DemoParticipant[] =>
  readTable<{ code: string }>('districts.csv').map(({ code }) => ({ code, category }));

/** 示例市 with further bodies and units beside its own. */
export const inShili = (
  participants: DemoParticipant[],
  { bodies = [], units = [], also = [] }: Partial<Pick<Organisation, 'bodies' | 'units' | 'also'>> = {},
): Organisation => ({ city: true, bodies, units, participants, also });
