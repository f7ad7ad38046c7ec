import { randomUUID } from 'node:crypto';
import { accessible } from '../auth/accessible.ts';
import { problem } from '../http/problem.ts';
import type { Call } from '../http/route.ts';
import { MAX_PHRASES, type Phrase } from './schema.ts';
import { inTurn } from './tell.ts';

type Caller = Pick<Call<unknown, unknown, unknown>, 'db' | 'me'>;

/** 常用意见: what a person often writes, in their order. */
export const listPhrases = ({ db, me }: Caller): Promise<Phrase[]> =>
  db.phrase.findMany({
    where: { personId: me.id },
    orderBy: [{ position: 'asc' }, { id: 'asc' }],
    select: { id: true, text: true },
  });

export const addPhrase = async (caller: Caller, text: string): Promise<Phrase> => {
  const { db, me } = caller;
  await inTurn(db, `phrases/${me.id}`);
  const phrases = await listPhrases(caller);
  if (phrases.length >= MAX_PHRASES) throw problem('phrase.full', { limit: MAX_PHRASES });
  if (phrases.some((phrase) => phrase.text === text)) throw problem('phrase.taken');
  const { _max } = await db.phrase.aggregate({ where: { personId: me.id }, _max: { position: true } });
  return db.phrase.create({
    data: { id: randomUUID(), personId: me.id, position: (_max.position ?? 0) + 1, text },
    select: { id: true, text: true },
  });
};

export const changePhrase = async (caller: Caller, id: string, text: string): Promise<Phrase> => {
  const { db, me } = caller;
  await inTurn(db, `phrases/${me.id}`);
  const phrases = await listPhrases(caller);
  if (!phrases.some((phrase) => phrase.id === id)) throw problem('phrase.unknown');
  if (phrases.some((phrase) => phrase.id !== id && phrase.text === text)) throw problem('phrase.taken');
  return db.phrase.update({ where: { id }, data: { text }, select: { id: true, text: true } });
};

export const dropPhrase = async ({ db, me }: Caller, id: string): Promise<void> => {
  const { count } = await db.phrase.deleteMany({ where: { AND: [accessible(me, 'change', 'Phrase'), { id }] } });
  if (count === 0) throw problem('phrase.unknown');
};

/** Puts all phrases into another order; each is named once. */
export const orderPhrases = async (caller: Caller, ids: readonly string[]): Promise<Phrase[]> => {
  const { db, me } = caller;
  await inTurn(db, `phrases/${me.id}`);
  const mine = new Set((await listPhrases(caller)).map(({ id }) => id));
  if (ids.length !== mine.size || new Set(ids).size !== ids.length || !ids.every((id) => mine.has(id)))
    throw problem('phrase.order');
  for (const [position, id] of ids.entries()) await db.phrase.update({ where: { id }, data: { position } });
  return listPhrases(caller);
};
