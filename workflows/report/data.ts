import type { Period } from '../indicators/period.ts';
import type { Colour } from '../lights/schema.ts';
import type { Course } from '../series/outlook.ts';
import type { Text } from '../text.ts';

export interface ReportUnit {
  id: string;
  name: string;
  category: string;
}

export interface ReportCategory {
  key: string;
  name: Text;
  /** Its units are ranked against each other. */
  ranked: boolean;
}

/** An indicator of a unit, with the verified values up to the end of the period that the report is of. */
export interface ReportIndicator extends Course {
  org: string;
  code: string;
  name: Text;
  unit: string;
  /** Its dimension. */
  group: string | null;
  light: { colour: Colour; because: Text } | null;
}

export interface ReportResult {
  org: string;
  category: string;
  score: string | null;
  rank: number | null;
  rankOf: number | null;
  grade: string | null;
  /** By how many places it climbed against the year before; null where it was not ranked in both. */
  climbed: number | null;
  /** The score of the year before. */
  before: string | null;
}

/** The parts of the scores of a category across its units. */
export interface ReportDimension {
  category: string;
  name: Text;
  level: number;
  most: string | null;
  mean: string | null;
  best: string | null;
}

/** How many of what, by state. */
export interface Counted {
  name: Text;
  states: { name: Text; count: number }[];
}

export interface ReportMonth {
  month: string;
  forms: number;
  fields: number;
  uploads: number;
  /** Minutes of all units, by the stated estimate. */
  minutes: string;
}

/** Everything that a report is written from. Null: the template has no such thing, or the reader may not see it. */
export interface ReportData {
  cycle: { name: string; year: number; template: Text; status: Text; launchedOn: string; closedOn: string | null };
  /** The day it is written, from outside. */
  today: string;
  period: Period | null;
  category: ReportCategory | null;
  unit: ReportUnit | null;
  /** Those that have units in the report. */
  categories: readonly ReportCategory[];
  units: readonly ReportUnit[];
  /** Names of the dimensions of indicators. */
  groups: readonly { key: string; name: Text }[];
  progress: {
    phases: readonly { name: Text; units: number }[];
    done: number;
    cancelled: number;
    open: number;
    overdue: number;
    overdueUnits: number;
  };
  indicators: readonly ReportIndicator[];
  lit: boolean;
  results: {
    grades: readonly { key: string; name: Text }[];
    items: readonly ReportResult[];
    dimensions: readonly ReportDimension[];
  } | null;
  /** What followed from lights and by hand, by kind; and suspicious values. */
  warnings: { kinds: readonly Counted[]; overdue: number; flags: Counted } | null;
  findings: { sources: readonly Counted[]; total: number; open: number; closed: number };
  rectification: { total: number; open: number; closed: number; carried: number; overdue: number };
  burden: readonly ReportMonth[];
}
