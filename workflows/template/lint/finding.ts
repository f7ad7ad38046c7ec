import type { Text } from '../../text.ts';

/** Something wrong in a template: where, why, and what to do about it. A template with an `error` cannot be published. */
export interface Finding {
  /** Such as `phases.plan.blocks[0].who[0].role`. */
  path: string;
  severity: 'error' | 'warning';
  /** Stable, for tests and for the documentation. */
  id: string;
  reason: Text;
  hint: Text;
}

export const text = (zh: string, en: string): Text => ({ zh, en });

export const error = (id: string, path: string, reason: Text, hint: Text): Finding => ({
  path,
  severity: 'error',
  id,
  reason,
  hint,
});

export const warning = (id: string, path: string, reason: Text, hint: Text): Finding => ({
  path,
  severity: 'warning',
  id,
  reason,
  hint,
});

/** `phases.plan.blocks[0]` from its parts. */
export function pathText(parts: readonly PropertyKey[]): string {
  return parts.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path ? `${path}.${String(part)}` : String(part)),
    '',
  );
}
