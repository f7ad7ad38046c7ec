import type { CycleTemplate } from '../template/schema.ts';
import { zjgDepartments } from './zjg-departments.ts';

/** The templates that are shipped, by key. */
export const library: Readonly<Record<string, CycleTemplate>> = Object.freeze({
  [zjgDepartments.key]: zjgDepartments,
});
