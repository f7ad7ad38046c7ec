import type { DemoCity } from '../city.ts';
import { demoOrgId } from '../city.ts';
import { organisationRows, withCity } from './build.ts';
import { hongkong } from './hongkong.ts';
import { liaoning } from './liaoning.ts';
import { macau } from './macau.ts';
import { minhang } from './minhang.ts';
import { nyc } from './nyc.ts';
import type { Organisation } from './organisation.ts';
import { shenzhen } from './shenzhen.ts';
import { departments, inShili } from './shili.ts';
import { hangzhou, qingdao, tCity, zjgDepartments, zjgDistricts, zjjFiveLinks } from './shiliTemplates.ts';
import { tax } from './tax.ts';

export type { Body, DemoParticipant, Organisation, Unit } from './organisation.ts';

/** Who each shipped template is tried out with, by the template's key. The order settles who is called what: add at the end. */
const ORGANISATIONS: Readonly<Record<string, () => Organisation>> = {
  'zjg-departments': zjgDepartments,
  'nyc-mmr': nyc,
  'zjg-districts': zjgDistricts,
  'liaoning-budget': liaoning,
  'macau-appraisal': macau,
  'hongkong-kpi': hongkong,
  'shenzhen-bsc': shenzhen,
  'minhang-project': minhang,
  'tax-bureau': tax,
  'five-stages': () => inShili(departments(() => 'department')),
  't-city': tCity,
  'zjj-five-links': zjjFiveLinks,
  'hangzhou-3plus1': hangzhou,
  'qingdao-budget': qingdao,
};

export const organisationKeys = (): string[] => Object.keys(ORGANISATIONS);

/** @throws RangeError when no shipped template has this key */
export function organisationOf(key: string): Organisation {
  const make = Object.hasOwn(ORGANISATIONS, key) ? ORGANISATIONS[key] : undefined;
  if (!make) throw new RangeError(`no demo organisation "${key}"; there are ${organisationKeys().join(', ')}`);
  return make();
}

/** Its own rows, which stand beside 示例市 where it says so. */
export const ownRows = (key: string): DemoCity =>
  organisationRows(organisationOf(key), organisationKeys().indexOf(key));

/** Everyone and everything that is there when it has been seeded. */
export const demoOrganisation = (key: string): DemoCity => withCity(organisationOf(key), ownRows(key));

/** Which units take part in the template of this key, in which category. */
export const demoParticipants = (key: string): { orgId: string; category: string }[] =>
  organisationOf(key).participants.map(({ code, category }) => ({ orgId: demoOrgId(code), category }));
