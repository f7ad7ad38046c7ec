import type { Ref } from '../api/types.ts';

export interface Opinion {
  id: string;
  org?: Ref;
  layer?: string;
  text: string;
  sort?: 'praise' | 'opinion';
  goalId?: string;
  at: string;
}

export interface Goal {
  id: string;
  number: number;
  title: string;
  what: string;
  indicator?: string;
  state: 'draft' | 'confirmed' | 'issued';
  /** How many were merged into it. */
  opinions: number;
  units: Ref[];
}

export interface Goals {
  items: Goal[];
  /** All that raters wrote in this cycle. */
  opinions: number;
  praise: number;
  unsorted: number;
}
