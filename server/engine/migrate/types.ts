import type { Mapping, Unsafe } from '../../../workflows/machine/migrate.ts';
import type { CaseKind, CaseStatus } from '../types.ts';
import type { MovedDate } from './move.ts';

export interface MigrateOptions {
  version: number;
  mapping?: Mapping;
  actor: string;
  /** Only says what would become of each case, and changes nothing. */
  dryRun?: boolean;
  onProgress?: (progress: { moved: number; total: number }) => void;
}

/** What a move makes of a case, or why it cannot be moved. */
export interface MigratedCase {
  caseId: string;
  title: string;
  kind: CaseKind;
  status: CaseStatus;
  /** Keys of the live blocks, before and after. */
  from: string[];
  to: string[];
  tasks: { seat: number; from: string; to: string }[];
  dates: MovedDate[];
  unsafe: Unsafe[];
}

export interface Migration {
  id: string | null;
  from: number;
  to: number;
  /** `planned`: a dry run; `running`: some cases are left, a repeat goes on. */
  state: 'planned' | 'running' | 'done' | 'undone';
  /** Cases under the new version by now, of all that run. */
  moved: number;
  total: number;
  cases: MigratedCase[];
}
