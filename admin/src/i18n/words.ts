import { useSyncExternalStore } from 'react';
import type { Language } from '../../../workflows/text.ts';
import { loadMessages } from './catalogue.ts';
import { type LaterName, later } from './later.ts';
import type { Messages } from './translate.ts';

export interface Words {
  language: Language;
  messages: Messages;
}

let words: Words = { language: 'zh', messages: {} };
const needed = new Set<LaterName>();
const listeners = new Set<() => void>();

function put(next: Words): void {
  words = next;
  for (const listener of listeners) listener();
}

/** The language in use and all of its words that are loaded. */
export const useWords = (): Words =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => words,
  );

async function fetchPart(language: Language, name: LaterName): Promise<Messages> {
  return { [name]: await later[language][name]() };
}

/** Goes over to a language, with the words of every feature that has been visited. */
export async function speak(language: Language): Promise<void> {
  const messages = { ...(await loadMessages(language)) };
  for (const name of needed) Object.assign(messages, await fetchPart(language, name));
  put({ language, messages });
}

/** Fetches the words of features, in whatever language is spoken when they are there. */
export async function needWords(...names: LaterName[]): Promise<void> {
  for (const name of names) needed.add(name);
  for (const name of names)
    while (!words.messages[name]) {
      const { language } = words;
      const part = await fetchPart(language, name);
      if (words.language === language) put({ language, messages: { ...words.messages, ...part } });
    }
}
