import type { Ref, Text } from '../api/types.ts';

interface Standing {
  org: Ref;
  caseId: string;
  at: Text[];
}

export interface Appeals {
  /** The template has appeals. */
  offered: boolean;
  items: (Standing & {
    ground: string | null;
    decision: string | null;
    findings: string | null;
  })[];
}

export interface Interviews {
  offered: boolean;
  items: (Standing & {
    date: string | null;
    place: string | null;
    by: Ref | null;
    record: string | null;
    agreed: string | null;
    signed: { name: Text; by: Ref; at: string }[];
  })[];
}

export interface LetterRow {
  id: string;
  caseId: string;
  org: Ref;
  round: number;
  at: string;
  acknowledged: { at: string; by: Ref } | null;
}
