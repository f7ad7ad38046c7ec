import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashPaperCode, newPaperCode } from '../../../server/auth/paperCode.ts';
import { newSecret, stepOf, uriOf } from '../../../server/secondFactor/totp.ts';
import { codeAt } from '../../support/factor.ts';

/** RFC 6238, appendix B, the last six digits. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code at %i s is that of RFC 6238', (seconds, code) => {
  expect(stepOf(code, RFC_SECRET, new Date(seconds * 1000))).toBe(Math.floor(seconds / 30));
});

test('S10 a clock that is up to half a minute off works; a code that is a minute old does not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_700_000_000, max: 2_000_000_000 }), (seconds) => {
      const secret = RFC_SECRET;
      const made = new Date(seconds * 1000);
      const code = codeAt(secret, made);
      for (const later of [-30, 0, 30]) {
        // Two half minutes may by chance have the same code; then it belongs to one of them.
        const at = new Date(made.getTime() + later * 1000);
        expect(stepOf(code, secret, at)).toBeDefined();
      }
      const neighbours = [30, 60, 90].map((s) => codeAt(secret, new Date(made.getTime() + s * 1000)));
      fc.pre(!neighbours.includes(code));
      expect(stepOf(code, secret, new Date(made.getTime() + 60_000))).toBeUndefined();
    }),
  );
});

test('the address for the app names the product, the person and the secret', () => {
  const secret = newSecret();
  const uri = new URL(uriOf(secret, '张三'));
  expect(uri.protocol).toBe('otpauth:');
  expect(decodeURIComponent(uri.pathname)).toContain('张三');
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ issuer: 'Bihuan', secret, digits: '6', period: '30' });
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
});

test('codes for paper are 80 bits of letters that cannot be mistaken; how they are typed does not matter', () => {
  const codes = Array.from({ length: 200 }, newPaperCode);
  expect(new Set(codes).size).toBe(200);
  for (const code of codes) expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/);
  const [code = ''] = codes;
  expect(hashPaperCode(` ${code.toLowerCase().replaceAll('-', ' ')}`)).toBe(hashPaperCode(code));
});
