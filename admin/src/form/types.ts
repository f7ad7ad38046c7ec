import type { Column } from '../../../workflows/template/field.ts';
import type { Evidence, Json } from '../api/types.ts';

export type { Column };

/** What every input of a form is given. */
export interface InputProps<F> {
  field: F;
  id: string;
  value: Json | undefined;
  error: string | undefined;
  onChange: (value: Json) => void;
}

/** What a form needs to know around its fields. */
export interface FormTools {
  taskId: string;
  evidence: Evidence[];
  onEvidence: (change: { added?: Evidence; removed?: string }) => void;
  errorAt: (place: string) => string | undefined;
  /** Codes of the rows that a table must keep. */
  given: (table: string) => readonly string[];
}
