import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { keyFile, makeSecrets, openSecrets } from '../../../server/secrets/index.ts';
import { readSettings } from '../../../server/settings/index.ts';

const folder = await mkdtemp(join(tmpdir(), 'bihuan-secrets-'));
afterAll(() => rm(folder, { recursive: true, force: true }));
const settingsOf = (env: Record<string, string>) => readSettings({ BIHUAN_DATA: folder, ...env });

describe('sealed texts', () => {
  const secrets = makeSecrets([randomBytes(32)]);

  test('open to what they were, differ each time, and do not show it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 8 }), (text) => {
        const sealed = secrets.seal(text, 'totp:1');
        expect(sealed).not.toContain(text);
        expect(sealed).not.toBe(secrets.seal(text, 'totp:1'));
        expect(secrets.open(sealed, 'totp:1')).toBe(text);
      }),
    );
  });

  test('do not open changed, moved to another purpose, or under another key', () => {
    const sealed = secrets.seal('JBSWY3DPEHPK3PXP', 'totp:1');
    expect(() => secrets.open(sealed, 'totp:2')).toThrow('changed or moved');
    const parts = sealed.split('.');
    for (const at of [2, 3, 4]) {
      const part = Buffer.from(parts[at] ?? '', 'base64url');
      part.writeUInt8(part.readUInt8(0) ^ 1, 0);
      const changed = parts.with(at, part.toString('base64url')).join('.');
      expect(() => secrets.open(changed, 'totp:1')).toThrow('changed or moved');
    }
    expect(() => makeSecrets([randomBytes(32)]).open(sealed, 'totp:1')).toThrow('is not here');
    expect(() => secrets.open('in plain')).toThrow('no sealed text');
  });

  test('outlive their key, while the old one stands behind the new one', () => {
    const [old, fresh] = [randomBytes(32), randomBytes(32)];
    const sealed = makeSecrets([old]).seal('text');
    const rotated = makeSecrets([fresh, old]);
    expect(rotated.open(sealed)).toBe('text');
    expect(() => makeSecrets([old]).open(rotated.seal('text'))).toThrow('is not here');
  });
});

describe('the key', () => {
  test('is made once in the data folder, for its owner only', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => openSecrets(settingsOf({}))));
    const sealed = all[0]?.seal('text') ?? '';
    expect(all.map((one) => one.open(sealed))).toEqual(Array(8).fill('text'));
    expect((await stat(keyFile(folder))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['secret.key']);
  });

  test('comes from the setting, or from the file that a setting names', async () => {
    const key = randomBytes(32).toString('base64');
    const file = join(folder, 'elsewhere.key');
    await writeFile(file, `${key}\n`);
    const sealed = (await openSecrets(settingsOf({ BIHUAN_SECRET_KEY: key }))).seal('text');
    expect((await openSecrets(settingsOf({ BIHUAN_SECRET_KEY_FILE: file }))).open(sealed)).toBe('text');
    await rm(file);
  });

  test('is refused when it is short', async () => {
    const short = randomBytes(16).toString('base64');
    await expect(openSecrets(settingsOf({ BIHUAN_SECRET_KEY: short }))).rejects.toThrow('32 bytes');
  });
});
