import type { CycleTemplate } from '../template/schema.ts';
import { fiveStages } from './five-stages.ts';
import { hongkongKpi } from './hongkong-kpi.ts';
import { liaoningBudget } from './liaoning-budget.ts';
import { macauAppraisal } from './macau-appraisal.ts';
import { minhangProject } from './minhang-project.ts';
import { shenzhenBsc } from './shenzhen-bsc.ts';
import { taxBureau } from './tax-bureau.ts';
import { zjgDepartments } from './zjg-departments.ts';

/** The templates that are shipped, in the order of the domain's list; the first is the demo's. */
const TEMPLATES: readonly CycleTemplate[] = [
  zjgDepartments,
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
