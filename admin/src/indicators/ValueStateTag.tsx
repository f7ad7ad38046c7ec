import { useT } from '../i18n/useT.ts';
import { Tag, type Tone } from '../ui/Tag.tsx';
import type { Value } from './types.ts';

const TONES: Record<Value['state'], Tone> = { due: 'plain', reported: 'soon', returned: 'late', verified: 'done' };

/** How far a value is, with what went wrong: missing, returned, late. */
export function ValueStateTag({ value }: { value: Pick<Value, 'state' | 'missing' | 'late'> }) {
  const t = useT();
  if (value.missing) return <Tag tone="late">{t('unit.state.missing')}</Tag>;
  return (
    <>
      <Tag tone={TONES[value.state]}>{t(`unit.state.${value.state}`)}</Tag>
      {value.late && <Tag tone="soon">{t('unit.state.late')}</Tag>}
    </>
  );
}
