import type { Text } from '../../../workflows/text.ts';
import type { Body, Unit } from './organisation.ts';

/** Short ways to write the bodies and units of an organisation. */

const says = (zh: string, en: string): Text => ({ zh, en });

export const body = (
  code: string,
  zh: string,
  en: string,
  kind: Body['kind'],
  ...holds: [role: string, title: string, people: number][]
): Body => ({
  code,
  name: says(zh, en),
  kind,
  holds: holds.map(([role, title, people]) => ({ role, title, people })),
});

export const unit = (code: string, zh: string, en: string, title: string, rest: Partial<Unit> = {}): Unit => ({
  code,
  name: says(zh, en),
  kind: 'department',
  title,
  ...rest,
});
