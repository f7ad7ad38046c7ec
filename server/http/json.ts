import { isCleanText } from '../../workflows/template/key.ts';
import { problem } from './problem.ts';

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/** How deep objects and lists may stand in each other; the deepest template needs about half of it. */
export const MAX_DEPTH = 64;

/** Decodes UTF-8 and refuses anything else. */
export const decodeUtf8 = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw problem('body.encoding');
  }
};

/**
 * Parses JSON from outside. Refused beside broken JSON: deep nesting, `__proto__` and its kin, a key twice in one object,
 * keys with invisible or non-NFC characters, text that PostgreSQL cannot store.
 */
export const parseStrictJson = (text: string): unknown => {
  const value = parse(text);
  scan(text);
  return value;
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw problem('body.malformed', { reason: error instanceof Error ? error.message.slice(0, 200) : 'syntax' });
  }
};

/** Walks the text once, knowing that it is valid JSON, so it needs no stack of its own calls. */
const scan = (text: string): void => {
  const open: (Set<string> | null)[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') {
      if (open.length === MAX_DEPTH) throw problem('body.tooDeep', { limit: MAX_DEPTH });
      open.push(char === '{' ? new Set() : null);
      expectsKey = char === '{';
    } else if (char === '}' || char === ']') {
      open.pop();
      expectsKey = false;
    } else if (char === ',') {
      expectsKey = open.at(-1) instanceof Set;
    } else if (char === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      const string = JSON.parse(text.slice(at, end + 1)) as string;
      if (!isStorable(string)) throw problem('body.uncleanText');
      if (expectsKey && keys) checkKey(string, keys);
      expectsKey = false;
      at = end;
    }
  }
};

const endOfString = (text: string, start: number): number => {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};

/** PostgreSQL cannot store NUL or half of a character. */
export const isStorable = (text: string): boolean => !text.includes('\0') && !LONE_SURROGATE.test(text);

const checkKey = (key: string, seen: Set<string>): void => {
  if (FORBIDDEN.has(key)) throw problem('body.forbiddenKey', { key });
  if (!isCleanText(key)) throw problem('body.uncleanKey', { key: JSON.stringify(key.slice(0, 80)) });
  if (seen.has(key)) throw problem('body.duplicateKey', { key: key.slice(0, 80) });
  seen.add(key);
};
