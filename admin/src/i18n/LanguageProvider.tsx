import { I18nContext, type I18nProvider } from 'ra-core';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type { Language } from '../../../workflows/text.ts';
import { setSession } from '../api/http.ts';
import { fill, lookUp, type Params } from './translate.ts';
import { speak, useWords } from './words.ts';

const KEY = 'bihuan.language';

interface LanguageState {
  language: Language;
  change: (language: Language) => Promise<void>;
}

const LanguageContext = createContext<LanguageState>({ language: 'zh', change: async () => {} });

/** The user's choice on this computer, if there was one. */
export function storedLanguage(): Language | undefined {
  const stored = localStorage.getItem(KEY);
  return stored === 'zh' || stored === 'en' ? stored : undefined;
}

/**
 * The language of everything below. react-admin's own provider remounts the whole tree when the language changes, which
 * would throw away what is being typed; this one only renders again.
 */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const { language, messages } = useWords();
  const provider = useMemo<I18nProvider>(
    () => ({
      translate: (key: string, params: Params & { _?: string } = {}) => {
        const message = lookUp(messages, key) ?? params._;
        return message === undefined ? key : fill(message, params);
      },
      changeLocale: (locale: string) => change(locale as Language),
      getLocale: () => language,
      getLocales: () => [
        { locale: 'zh', name: '中文' },
        { locale: 'en', name: 'English' },
      ],
    }),
    [language, messages],
  );
  const value = useMemo(() => ({ language, change }), [language]);

  return (
    <LanguageContext.Provider value={value}>
      <I18nContext.Provider value={provider}>{children}</I18nContext.Provider>
    </LanguageContext.Provider>
  );
}

async function change(language: Language): Promise<void> {
  await speak(language);
  localStorage.setItem(KEY, language);
  announce(language);
}

/** Tells the document and the API which language is spoken. */
export function announce(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  setSession({ language });
}

export const useLanguage = () => useContext(LanguageContext);
