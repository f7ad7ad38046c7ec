import { accessibleBy, type WhereInputOf } from '@casl/prisma/runtime';
import type { Prisma } from '../../prisma/client/client.ts';
import type { Holder } from './me.ts';
import { type Action, policyOf, type Subject } from './rules.ts';

/**
 * The rows that someone may see, or do something with, as the `where` of a query by Prisma. Where no rule allows any, the query
 * fails.
 */
export const accessible = <Model extends Subject & Prisma.ModelName>(
  me: Holder,
  action: Action,
  model: Model,
): WhereInputOf<Prisma.TypeMap, Model> => accessibleBy(policyOf(me) as never, action as never).ofType(model as never);
