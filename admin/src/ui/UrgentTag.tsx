import type { Case } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Tag } from './Tag.tsx';

/** 加急, where it is. */
export function UrgentTag({ priority }: { priority: Case['priority'] }) {
  const t = useT();
  return priority === 'urgent' ? <Tag tone="late">{t('talk.urgent')}</Tag> : null;
}
