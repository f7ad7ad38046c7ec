import type { Query } from '../api/http.ts';
import { keys, useGet } from '../api/queries.ts';
import type { List, Ref, Text } from '../api/types.ts';
import type { LightColour } from '../ui/Light.tsx';

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

export interface Warning {
  id: string;
  number: number;
  indicator?: { code: string; name: string };
  period?: string;
  kind: 'track' | 'warning' | 'letter' | 'talk' | 'report' | 'points' | 'noBonus' | 'supervise';
  colour?: LightColour;
  because: Text;
  urgent: boolean;
  state: 'noted' | 'open' | 'answered' | 'accepted' | 'returned' | 'lapsed' | 'withdrawn';
  openedAt: string;
  dueAt?: string;
  overdue: boolean;
  answer?: string;
  answeredAt?: string;
  note?: string;
  can: string[];
}

export interface Flag {
  id: string;
  indicator: { code: string; name: string };
  period: string;
  kind: 'outlier' | 'jump' | 'impossible' | 'copied' | 'gap' | 'idle';
  because: Text;
  at: string;
  state: 'open' | 'explained' | 'dismissed' | 'confirmed' | 'corrected';
  explanation?: string;
  note?: string;
  can: string[];
}

export interface Letter {
  id: string;
  caseId: string;
  at: string;
  acknowledged: { at: string; by: Ref } | null;
}

export type Stage = 'plan' | 'review' | 'work' | 'verify' | 'closed' | 'carried';

interface ItemLink {
  id: string;
  code: string;
  state: string;
  cycle: Ref;
}

export interface Item {
  id: string;
  code: string;
  cycle: Ref;
  source: 'inspection' | 'observation' | 'complaint' | 'survey' | 'result' | 'mustCheck' | 'unit';
  problem: string;
  measure?: string;
  owner?: string;
  due?: string;
  stage: Stage;
  task?: string;
  overdue: boolean;
  case: { id: string };
  itemCase?: { id: string; at: Text[]; dueAt?: string };
  carriedFrom?: ItemLink;
  carriedTo?: ItemLink;
  publicAnswer?: string;
  openedAt: string;
  endedAt?: string;
}

export interface ItemLine extends Item {
  finding?: { what: string; code: string };
  origin?: { kind: string; text: string };
  former: ItemLink[];
  acts: { at: string; block: Text; action: string; by?: Ref; reason?: string }[];
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
