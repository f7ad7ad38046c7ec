import { type ComponentType, lazy } from 'react';
import type { LaterName } from './i18n/later.ts';
import { needWords } from './i18n/words.ts';

/** A page, or part of one, that is fetched when it is first shown, together with the words it needs. */
export const page = <P = object>(load: () => Promise<{ default: ComponentType<P> }>, ...words: LaterName[]) =>
  lazy(async () => (await Promise.all([load(), needWords(...words)]))[0]);
