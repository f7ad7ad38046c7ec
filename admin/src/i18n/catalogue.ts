import type { Language } from '../../../workflows/text.ts';
import type { LaterWords } from './later.ts';
import type { Messages } from './translate.ts';
import type { zh } from './zh/index.ts';

type Widen<T> = { [K in keyof T]: T[K] extends string ? string : Widen<T[K]> };
type Paths<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Paths<T[K], `${P}${K}.`>;
}[keyof T & string];

type Chinese = Omit<typeof zh, 'ra'> & LaterWords;

/** What every language must bring: the keys of the Chinese catalogue. */
export type Catalogue = Widen<Chinese>;
export type MessageKey = Paths<Chinese>;

const loaders: Record<Language, () => Promise<Messages>> = {
  zh: async () => (await import('./zh/index.ts')).zh,
  en: async () => (await import('./en/index.ts')).en,
};

/** Fetches what every page needs of one language; only the one in use is ever loaded. */
export const loadMessages = (language: Language): Promise<Messages> => loaders[language]();
