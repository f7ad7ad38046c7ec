import type { Actor } from './city.ts';
import type { Operation } from './operations.ts';
import type { Sent } from './plan.ts';
import type { Received } from './send.ts';

/** What the API says of itself when it is asked. */
export interface Learned {
  /** Columns of the tables that an operation takes. */
  columns: Map<string, string[]>;
  /** What the list of an operation may be sorted by. */
  sorts: Map<string, string[]>;
  /** What each actor may do in the whole instance. */
  abilities: Map<string, string[]>;
}

const NOBODY = '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10';

/** Asks imports for their columns and lists for their orders, which they name when they refuse wrong ones, and everybody for what they may do. */
export const learn = async (
  operations: readonly Operation[],
  actors: readonly Actor[],
  send: (actor: Actor, sent: Sent) => Promise<Received>,
): Promise<Learned> => {
  const learned: Learned = { columns: new Map(), sorts: new Map(), abilities: new Map() };
  for (const actor of actors) {
    const { can } = read(await send(actor, plain('GET', '/api/v1/session')));
    if (Array.isArray(can)) learned.abilities.set(actor.name, can.map(String));
  }
  for (const { id, method, path, bodies, parameters, ability } of operations) {
    const able = actors.find(({ name }) => ability === undefined || learned.abilities.get(name)?.includes(ability));
    const named = (name: string) => parameters.some((one) => one.name === name);
    const address = `/api/v1${path.replace(/\{\w+\}/g, NOBODY)}?${named('cycleId') ? `cycleId=${NOBODY}` : ''}`;
    if (!able) continue;
    if (bodies.has('text/csv')) {
      const sent = {
        ...plain(method, address),
        headers: { 'content-type': 'text/csv' },
        body: Buffer.from('nothing\n1\n'),
      };
      const { columns } = read(await send(able, sent));
      if (Array.isArray(columns)) learned.columns.set(id, columns.map(String));
    }
    if (named('sort')) {
      const { allowed } = read(await send(able, plain(method, `${address}&sort=nothing`)));
      if (Array.isArray(allowed)) learned.sorts.set(id, allowed.map(String));
    }
  }
  return learned;
};

/** A request without anything. */
export const plain = (method: string, url: string): Sent => ({ method, url, headers: {}, body: null, elsewhere: true });

const read = ({ body }: Received): Record<string, unknown> => {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
};
