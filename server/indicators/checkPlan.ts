import type { JsonObject } from '../../workflows/json.ts';
import type { CaseContext, Item } from '../../workflows/machine/context.ts';
import type { CycleTemplate } from '../../workflows/template/schema.ts';
import { blocksOf } from '../../workflows/template/schema.ts';
import { overPrisma } from '../db/sql.ts';
import type { Database } from '../http/deps.ts';
import type { FieldError } from '../http/problem.ts';
import { libraryDefinitions } from './definitions.ts';
import { knownBeside } from './keyTasks.ts';
import { plannedMilestones } from './milestones.ts';
import { PlanError, type Planned, plannedIndicators, plannedRows, sectionOf } from './planned.ts';

interface Plan {
  orgId: string | null;
  template: CycleTemplate;
  context: CaseContext;
  /** Inside a repeat over sections: the section. */
  item: Item | undefined;
}

/**
 * What would keep the tables of a form from being assigned once they are approved: weights that do not make the total or the
 * shares, codes that are there twice, formulas that need what there is not. Said when the plan is submitted, at its table.
 */
export const planErrors = async (
  db: Database,
  { orgId, template, context, item }: Plan,
  values: JsonObject,
): Promise<FieldError[]> => {
  const touched = assignsOf(template).filter(({ plan, milestones }) =>
    [plan, milestones].some((key) => key !== undefined && Array.isArray(values[key])),
  );
  if (touched.length === 0 || orgId === null) return [];
  const section = sectionOf(template);
  const library = await libraryDefinitions(overPrisma(db));
  const unit = await db.orgUnit.findUnique({ where: { id: orgId }, select: { code: true } });
  const category = context.facts.participant?.category;
  const whole = { code: unit?.code ?? '', category };
  const { year } = context.facts.period;
  const beside = await knownBeside(overPrisma(db), { template, orgId, year, data: context.data });
  const inSection = typeof item?.id === 'string';
  const rowsOf = (key: string) => values[key] ?? context.data[key];
  const flaws = touched.flatMap(({ plan, milestones }): FieldError[] => {
    let planned: Planned[] = [];
    const plans = flawOf(plan, () => {
      planned = inSection
        ? plannedRows(section, rowsOf(plan), new Map(), library)
        : plannedIndicators(section, whole, year, rowsOf(plan), library, beside);
    });
    if (plans.length > 0 || milestones === undefined) return plans;
    return flawOf(milestones, () => plannedMilestones(rowsOf(milestones), planned));
  });
  // The same plan may be assigned in several places, such as level by level.
  return flaws.filter(({ path }, i) => flaws.findIndex((one) => one.path === path) === i);
};

const flawOf = (key: string, work: () => void): FieldError[] => {
  try {
    work();
    return [];
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
    return [{ id: error.id, path: `${key}${error.place}`, message: error.text } as FieldError];
  }
};

const assignsOf = (template: CycleTemplate) =>
  [...blocksOf(template)].flatMap(({ block }) =>
    block.type === 'compute' && block.rule.kind === 'assign' ? [block.rule] : [],
  );
