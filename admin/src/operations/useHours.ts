import { useCallback } from 'react';
import { useT } from '../i18n/useT.ts';

const DAY = 24;

/** Hours of the clock in words: in days from two days on, in minutes below an hour. */
export function useHours(): (hours: number) => string {
  const t = useT();
  return useCallback(
    (hours: number) => {
      if (hours >= 2 * DAY) return t('operations.days', { n: Math.round((hours / DAY) * 10) / 10 });
      if (hours >= 1) return t('operations.hours', { n: hours });
      return t('operations.minutes', { n: Math.round(hours * 60) });
    },
    [t],
  );
}
