import { useLanguage } from '../i18n/LanguageProvider.tsx';
import type { Indicator } from './types.ts';

interface Goal {
  target?: string | undefined;
  low?: string | undefined;
  high?: string | undefined;
}

/** A target as one reads it: a number, or a band. Nothing where there is none. */
export function goalText({ target, low, high }: Goal): string | undefined {
  if (target !== undefined) return target;
  return low === undefined && high === undefined ? undefined : `${low ?? '−∞'}–${high ?? '+∞'}`;
}

/** What an indicator is called in the reader's language. */
export function useIndicatorName(): (one: Pick<Indicator, 'name' | 'nameEn'>) => string {
  const { language } = useLanguage();
  return ({ name, nameEn }) => (language === 'en' && nameEn ? nameEn : name);
}

/** What a bar is coloured by: the light. */
export const toneOf = (light: Indicator['light']): 'late' | 'soon' | 'done' | 'calm' => {
  if (!light || light.colour === 'blue') return 'calm';
  return light.colour === 'red' ? 'late' : light.colour === 'green' ? 'done' : 'soon';
};

export const numberOf = (text: string | null | undefined): number | null =>
  text === null || text === undefined ? null : Number(text);
