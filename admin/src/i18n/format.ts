import { useMemo } from 'react';
import type { Language } from '../../../workflows/text.ts';
import { useLanguage } from './LanguageProvider.tsx';

/** The city's clock: all its deadlines are meant in it, wherever the reader sits. */
export const CITY_ZONE = 'Asia/Shanghai';

const part = (instant: Date, options: Intl.DateTimeFormatOptions, language: Language) =>
  new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { timeZone: CITY_ZONE, ...options }).format(instant);

/** The city's day of an instant, `YYYY-MM-DD`. */
export function cityDay(instant: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: CITY_ZONE }).format(instant);
}

/** Formatters of one language. The year is left out where it is this one. */
export function makeFormat(language: Language, now: () => Date = () => new Date()) {
  const sameYear = (date: Date) => cityDay(date).slice(0, 4) === cityDay(now()).slice(0, 4);
  const year = (date: Date): Intl.DateTimeFormatOptions => (sameYear(date) ? {} : { year: 'numeric' });
  const month = language === 'zh' ? 'long' : 'short';

  const day = (iso: string) => {
    const date = new Date(iso);
    return part(date, { ...year(date), month, day: 'numeric' }, language);
  };
  const weekday = (iso: string) => part(new Date(iso), { weekday: 'short' }, language);
  const time = (iso: string) => part(new Date(iso), { hour: '2-digit', minute: '2-digit', hour12: false }, language);

  return {
    day,
    weekday,
    time,
    dayTime: (iso: string) => `${day(iso)}${language === 'zh' ? ' ' : ', '}${time(iso)}`,
    dayWeekday: (iso: string) => (language === 'zh' ? `${day(iso)} ${weekday(iso)}` : `${weekday(iso)} ${day(iso)}`),
    full: (iso: string) => part(new Date(iso), { dateStyle: 'full', timeStyle: 'short' }, language),
    /** A calendar day without a clock, `2026-03-05`. */
    plainDay: (text: string) => day(`${text}T04:00:00Z`),
    ago: (iso: string) => ago(now().getTime() - new Date(iso).getTime(), language) ?? day(iso),
    number: (value: number) => new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB').format(value),
    bytes: (size: number) =>
      size < 1024 * 1024 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`,
    paren: (text: string) => (language === 'zh' ? `（${text}）` : ` (${text})`),
    list: (items: string[]) => items.join(language === 'zh' ? '、' : ', '),
  };
}

/** “3 小时前”, up to a week; after that a date says more. */
function ago(milliseconds: number, language: Language): string | undefined {
  const minutes = Math.round(milliseconds / 60_000);
  const relative = new Intl.RelativeTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    numeric: 'auto',
    style: 'short',
  });
  if (minutes < 1) return language === 'zh' ? '刚刚' : 'just now';
  if (minutes < 60) return relative.format(-minutes, 'minute');
  if (minutes < 24 * 60) return relative.format(-Math.round(minutes / 60), 'hour');
  if (minutes < 7 * 24 * 60) return relative.format(-Math.round(minutes / 60 / 24), 'day');
  return undefined;
}

export function useFormat() {
  const { language } = useLanguage();
  return useMemo(() => makeFormat(language), [language]);
}
