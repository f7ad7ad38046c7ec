import { createHash, randomBytes } from 'node:crypto';

/** Without 0, 1, O and I, which look alike on paper: 32 characters, five bits each. */
const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const LENGTH = 16;

/** A code of 80 bits to be read off paper or a console, as `XXXX-XXXX-XXXX-XXXX`. */
export const newPaperCode = (): string => {
  const letters = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
};

/** What is kept of a code; spaces, hyphens and the case do not matter. */
export const hashPaperCode = (code: string): string =>
  createHash('sha256').update(code.toUpperCase().replace(/[\s-]/g, '')).digest('hex');
