import type { Database } from '../http/deps.ts';
import { type FieldError, problem } from '../http/problem.ts';

/** Active people by these ids, in the order named. @throws `input.invalid` for one unknown, named twice, or oneself */
export const checkPeople = async (db: Database, ids: readonly string[], path: string, self: string): Promise<void> => {
  const found = await db.person.findMany({ where: { id: { in: [...ids] }, active: true }, select: { id: true } });
  const known = new Set(found.map(({ id }) => id));
  const errors = ids.flatMap((id, i): FieldError[] => {
    const at = (zh: string, en: string) => [{ path: `${path}[${i}]`, message: { zh, en } }];
    if (ids.indexOf(id) < i) return at('重复', 'named twice');
    if (id === self) return at('不能是本人', 'this is yourself');
    return known.has(id) ? [] : at('没有这个人员', 'no such person');
  });
  if (errors.length > 0) throw problem('input.invalid', { errors });
};
