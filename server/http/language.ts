import type { Request } from 'express';
import type { Language } from '../../workflows/text.ts';

/** The language of the answer: what Accept-Language prefers of zh and en, else the instance's. */
export const languageOf = (request: Request, fallback: Language): Language => {
  if (!request.headers['accept-language']) return fallback;
  const best = request.acceptsLanguages('zh', 'zh-CN', 'zh-Hans', 'zh-Hans-CN', 'en', 'en-US', 'en-GB');
  if (best === false) return fallback;
  return best.startsWith('en') ? 'en' : 'zh';
};
