import type { TemplateRow } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { Tag, type Tone } from '../ui/Tag.tsx';

const TONES: Record<TemplateRow['status'], Tone> = { draft: 'soon', published: 'done', retired: 'plain' };

export function TemplateStatus({ status }: { status: TemplateRow['status'] }) {
  const t = useT();
  return <Tag tone={TONES[status]}>{t(`templates.status.${status}`)}</Tag>;
}
