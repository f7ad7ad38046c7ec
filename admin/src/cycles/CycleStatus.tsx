import type { Cycle } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Tag, type Tone } from '../ui/Tag.tsx';

const TONES: Record<Cycle['status'], Tone> = {
  launching: 'soon',
  running: 'calm',
  suspended: 'soon',
  closed: 'done',
  cancelled: 'plain',
};

export function CycleStatus({ status }: { status: Cycle['status'] }) {
  const t = useT();
  return <Tag tone={TONES[status]}>{t(`cycles.status.${status}`)}</Tag>;
}
