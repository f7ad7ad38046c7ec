import { readTable } from '../city.ts';
import type { Organisation } from './organisation.ts';

/** New York's 43 agencies, watched by the Mayor's Office of Operations. */
export const nyc = (): Organisation => {
  const agencies = readTable<{ code: string; name: string; name_en: string }>('nyc-agencies.csv');
  return {
    city: false,
    root: { code: 'nyc', name: { zh: '纽约市', en: 'City of New York' }, head: 'Mayor' },
    bodies: [
      {
        code: 'nyc-ops',
        name: { zh: '市长运营办公室', en: "Mayor's Office of Operations" },
        kind: 'office',
        holds: [
          { role: 'performanceOffice', title: 'Performance management', people: 3 },
          { role: 'deputyMayors', title: 'Deputy Mayor', people: 2 },
        ],
      },
    ],
    units: agencies.map(({ code, name, name_en }) => ({
      code,
      name: { zh: name, en: name_en },
      kind: 'department',
      title: 'Commissioner',
    })),
    participants: agencies.map(({ code }) => ({ code, category: 'agency' })),
    names: 'en',
  };
};
