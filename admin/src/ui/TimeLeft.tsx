import { useT } from '../i18n/useT.ts';
import { Tag, type Tone } from './Tag.tsx';

/** How many working days count as soon. The server groups by the same number. */
export const SOON = 3;

export function toneOf(workingDaysLeft: number | undefined): Tone {
  if (workingDaysLeft === undefined) return 'plain';
  if (workingDaysLeft < 0) return 'late';
  return workingDaysLeft <= SOON ? 'soon' : 'plain';
}

/** “逾期 3 天”, “今天到期”, “剩 5 天”: always working days. */
export function TimeLeft({ days }: { days: number | undefined }) {
  const t = useT();
  if (days === undefined) return <Tag>{t('common.left.none')}</Tag>;
  const words =
    days < 0
      ? t('common.left.late', { smart_count: -days })
      : days === 0
        ? t('common.left.today')
        : t('common.left.days', { smart_count: days });
  return (
    <Tag tone={toneOf(days)} title={t('common.left.workingDays')}>
      {words}
    </Tag>
  );
}
