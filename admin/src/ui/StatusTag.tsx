import type { CaseStatus } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Tag, type Tone } from './Tag.tsx';

const TONES: Record<CaseStatus, Tone> = { active: 'calm', suspended: 'soon', done: 'done', cancelled: 'plain' };

/** The state of a case in a word. */
export function StatusTag({ status }: { status: CaseStatus }) {
  const t = useT();
  return <Tag tone={TONES[status] ?? 'plain'}>{t(`common.caseStatus.${status}`)}</Tag>;
}
