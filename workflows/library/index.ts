import type { CycleTemplate } from '../template/schema.ts';
import { fiveStages } from './five-stages.ts';
import { hangzhou3Plus1 } from './hangzhou-3plus1.ts';
import { hongkongKpi } from './hongkong-kpi.ts';
import { liaoningBudget } from './liaoning-budget.ts';
import { macauAppraisal } from './macau-appraisal.ts';
import { minhangProject } from './minhang-project.ts';
import { nycMmr } from './nyc-mmr.ts';
import { qingdaoBudget } from './qingdao-budget.ts';
import { shenzhenBsc } from './shenzhen-bsc.ts';
import { tCity } from './t-city.ts';
import { taxBureau } from './tax-bureau.ts';
import { zjgDepartments } from './zjg-departments.ts';
import { zjgDistricts } from './zjg-districts.ts';
import { zjjFiveLinks } from './zjj-five-links.ts';

/** The templates that are shipped, in the order of the domain's list. */
const TEMPLATES: readonly CycleTemplate[] = [
  tCity,
  zjgDepartments,
  zjgDistricts,
  zjjFiveLinks,
  hangzhou3Plus1,
  qingdaoBudget,
  nycMmr,
  liaoningBudget,
  macauAppraisal,
  hongkongKpi,
  shenzhenBsc,
  minhangProject,
  taxBureau,
  fiveStages,
];

/** The templates that are shipped, by key. */
export const library: Readonly<Record<string, CycleTemplate>> = Object.freeze(
  Object.fromEntries(TEMPLATES.map((template) => [template.key, template])),
);
