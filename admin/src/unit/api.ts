import type { Query } from '../api/http.ts';
import { keys, useGet } from '../api/queries.ts';
import type { List, Ref } from '../api/types.ts';

/** A cycle that concerns the own unit, with what waits there. */
export interface UnitCycle {
  id: string;
  name: string;
  year: number;
  status: string;
  caseId?: string;
  own: number;
  joint: number;
  monitored: number;
  due: number;
  missing: number;
  orders: number;
  flags: number;
  items: number;
}

export interface OwnUnit {
  unit: Ref;
  cycles: UnitCycle[];
}

export interface Burden {
  items: {
    org: Ref;
    month: string;
    forms: number;
    fields: number;
    uploadsAsked: number;
    uploads: number;
    minutes: number;
  }[];
}

/** Everything read for the unit's face lies under this key; a change drops all of it. */
export const [UNIT] = keys.unit;

export const useRead = <T>(path: string, query: Query = {}, enabled = true) =>
  useGet<T>([UNIT, path, query], path, { query, enabled, retry: false });

export const useOwnUnit = () => useRead<OwnUnit>('/me/unit');

/** A list that a unit can have only so much of: all that one page of the API holds. */
export const useFew = <Row>(path: string, query: Query = {}, enabled = true) =>
  useRead<List<Row>>(path, { limit: 100, ...query }, enabled);
