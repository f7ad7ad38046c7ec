import { useTranslate } from 'ra-core';
import { useCallback } from 'react';
import type { Text } from '../../../workflows/text.ts';
import type { MessageKey } from './catalogue.ts';
import { useLanguage } from './LanguageProvider.tsx';

/** Translates one of our own keys; an unknown key does not compile. */
export function useT() {
  const translate = useTranslate();
  return useCallback(
    (key: MessageKey, params?: Record<string, unknown>): string => translate(key, params),
    [translate],
  );
}

export type T = ReturnType<typeof useT>;

/** Picks the user's language out of a text that the server or a template brings in both. */
export function useText() {
  const { language } = useLanguage();
  return useCallback((text: Text | undefined): string => text?.[language] ?? text?.zh ?? '', [language]);
}
