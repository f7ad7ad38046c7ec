import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { definitions, readSettings, type SettingsError, settingsTable } from '../../server/settings/index.ts';

const errorOf = (env: Record<string, string>): SettingsError => {
  try {
    readSettings(env);
  } catch (error) {
    return error as SettingsError;
  }
  throw new Error('no error');
};

test('an empty environment gives the defaults', () => {
  const settings = readSettings({});
  expect(settings).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    logLevel: 'info',
    secureCookies: false,
    warnings: [],
  });
  expect(settings.databaseUrl).toBeUndefined();
  expect(isAbsolute(settings.data)).toBe(true);
});

test('an empty variable counts as unset', () => {
  expect(readSettings({ PORT: '', DATABASE_URL: '  ' })).toMatchObject({ port: 3000, databaseUrl: undefined });
});

test('cookies are secure when the public address is', () => {
  expect(readSettings({ BIHUAN_URL: 'https://x.gov.cn/' })).toMatchObject({
    url: 'https://x.gov.cn',
    secureCookies: true,
  });
  expect(readSettings({ BIHUAN_URL: 'https://x.gov.cn', BIHUAN_SECURE_COOKIES: 'no' }).secureCookies).toBe(false);
});

test('one error names every wrong variable, its value and what to do, in both languages', () => {
  const error = errorOf({ PORT: '99999', LOG_LEVEL: 'loud', BIHUAN_UPLOAD_MAX_MB: '-3' });
  expect(error.id).toBe('settings.invalid');
  expect(error.errors.map(({ path }) => path)).toEqual(['PORT', 'LOG_LEVEL', 'BIHUAN_UPLOAD_MAX_MB']);
  for (const part of [
    'PORT',
    '"99999"',
    '0 到 65535',
    '缺省值 3000',
    'a whole number from 0 to 65535',
    'default 3000',
  ]) {
    expect(error.message).toContain(part);
  }
});

test('a password is never printed', () => {
  expect(errorOf({ DATABASE_URL: 'mysql://u:geheim@h/x' }).message).not.toContain('geheim');
});

test('S61 a secret may stand in a file; one that cannot be read is named, and a setting that is no secret has none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-settings-'));
  const file = join(folder, 'database');
  writeFileSync(file, 'postgres://u:geheim@h/x\n');
  try {
    expect(readSettings({ DATABASE_URL_FILE: file })).toMatchObject({
      databaseUrl: 'postgres://u:geheim@h/x',
      warnings: [],
    });
    expect(readSettings({ DATABASE_URL: 'postgres://a@b/c', DATABASE_URL_FILE: file }).databaseUrl).toBe(
      'postgres://a@b/c',
    );
    writeFileSync(file, 'mysql://u:geheim@h/x');
    expect(errorOf({ DATABASE_URL_FILE: file }).message).not.toContain('geheim');
    expect(errorOf({ SMTP_URL_FILE: join(folder, 'none') }).errors).toEqual([
      {
        path: 'SMTP_URL',
        message: { zh: expect.stringContaining('ENOENT'), en: expect.stringContaining('SMTP_URL_FILE') },
      },
    ]);
    expect(readSettings({ BIHUAN_DATA_FILE: file }).warnings).toHaveLength(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an unknown BIHUAN_ variable is a warning with a guess', () => {
  expect(readSettings({ BIHUAN_DATTA: 'x' }).warnings).toEqual([expect.stringContaining('BIHUAN_DATA')]);
  expect(readSettings({ BIHUAN_SOMETHING_ELSE: 'x' }).warnings).toHaveLength(1);
});

test('whatever the environment holds, it is read or refused with an error of ours', () => {
  const names = Object.values(definitions).map(({ name }) => name);
  const environment = fc.dictionary(fc.constantFrom(...names), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(environment, (env) => {
      try {
        readSettings(env);
      } catch (error) {
        expect((error as SettingsError).id).toBe('settings.invalid');
      }
    }),
    { numRuns: 300 },
  );
});

test('the table for the documentation has a row for every setting, in both languages', () => {
  for (const language of ['zh', 'en'] as const) {
    const rows = settingsTable(language).split('\n');
    expect(rows).toHaveLength(Object.keys(definitions).length + 2);
    expect(new Set(rows.map((row) => row.replaceAll('\\|', '').split('|').length))).toEqual(new Set([6]));
  }
});

test('docs/settings.md is the table of the settings as they are', () => {
  const page = readFileSync(new URL('../../docs/settings.md', import.meta.url), 'utf8');
  expect(page).toContain(settingsTable('zh'));
  expect(page).toContain(settingsTable('en'));
});
