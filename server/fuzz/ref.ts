/** Something of the database, named by its kind and its place there, so that the same plan fits another run: becomes an id when it is sent. */
export class Ref {
  readonly kind: string;
  readonly place: number;

  constructor(kind: string, place: number) {
    this.kind = kind;
    this.place = place;
  }
}

/** What may stand where an id, key or code is wanted, by kind. */
export type Pools = ReadonlyMap<string, readonly string[]>;

const NOBODY = '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10';

const pick = (pools: Pools, { kind, place }: Ref): string => {
  const pool = pools.get(kind) ?? [];
  return pool[place % Math.max(1, pool.length)] ?? NOBODY;
};

/** The same value with ids in place of references. */
export const resolve = (value: unknown, pools: Pools): unknown => {
  if (value instanceof Ref) return pick(pools, value);
  if (Array.isArray(value)) return value.map((item) => resolve(item, pools));
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value;
  const copy = Object.create(null) as Record<string, unknown>;
  for (const [key, item] of Object.entries(value)) copy[key] = resolve(item, pools);
  return copy;
};
