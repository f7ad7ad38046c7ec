/** What attackers write where a text is asked for; shared with the tests of single fields. */
export const XSS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "javascript:alert('1')",
  '<a href="javascript:alert(1)">x</a>',
  '{{constructor.constructor("alert(1)")()}}',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '</textarea><script>alert(1)</script>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '<style>@import "//evil.example/x.css";</style>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
  "';alert(String.fromCharCode(88,83,83))//",
] as const;

export const SQL = [
  "' OR '1'='1",
  "'; DROP TABLE people; --",
  "' UNION ALL SELECT null,null,null--",
  '1; SELECT pg_sleep(10)--',
  'name); DELETE FROM people;--',
  "'||pg_sleep(10)||'",
  "\"; COPY people TO PROGRAM 'id'; --",
  "\\' OR 1=1 --",
  '$$; SELECT 1; $$',
  "%' AND 1=(SELECT 1) AND '%'='",
  '*/ OR 1=1 /*',
  'passwordHash',
  'password_hash',
  'id; --',
] as const;

export const FORMULAS = [
  "=cmd|' /C calc'!A0",
  '+1+1',
  '-2+3',
  '@SUM(1+1)',
  '\t=1+1',
  '\r=1+1',
  '=HYPERLINK("http://evil.example","x")',
] as const;

export const HEADERS = [
  'x\r\nBcc: victim@example.org',
  'x\nSet-Cookie: a=b',
  'x\r\n\r\n<html>',
  '%0d%0aX-Injected: 1',
  '张三\u2028Bcc: v@example.org',
] as const;

export const PATHS = [
  '../../../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'file:///etc/passwd',
  'CON',
  'NUL.txt',
  'a\u0000.pdf',
  'annex\u202Efdp.exe',
  '.',
  '..',
  '~root',
  '//evil.example/x',
] as const;

export const ADDRESSES = [
  'http://127.0.0.1:1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://169.254.169.254/latest/meta-data/',
  'http://localhost.localdomain/',
  'gopher://127.0.0.1:6379/_x',
  'file:///etc/passwd',
  'http://user:password@127.0.0.1/',
  'https://10.0.0.1/',
  'not a url',
] as const;

export const EXPRESSIONS = [
  'constructor',
  'prototype',
  'process.exit()',
  'globalThis.process',
  '"".constructor.constructor("return process")()',
  'for i in 1..1000000000 return i',
  'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
  '((((((((((1))))))))))',
  '1 / 0',
  '2 ** 999999999',
  'function() external { java: { class: "java.lang.Runtime" } }',
] as const;

export const UNICODE = [
  '\u0000',
  'a\u0000b',
  '\uD800',
  'x\uDFFFy',
  '\u202Eabc\u202C',
  '\u200B',
  '\uFEFF',
  'e\u0301',
  'ａｄｍｉｎ',
  'аdmin',
  '\uFFFF',
  '𠮷野家👨‍👩‍👧‍👦',
  'İstanbul',
  '\u001b[31mred',
  'ﷺ'.repeat(50),
] as const;

export const LONG = [
  'x'.repeat(1_001),
  '长'.repeat(5_000),
  'a '.repeat(20_000),
  '9'.repeat(400),
  '('.repeat(10_000),
] as const;

/** Names that reach behind an object where code is careless. */
export const KEYS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '$ne',
  '',
] as const;

export const NUMBERS = [
  -1,
  0,
  -0,
  0.1,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  1e21,
  -(2 ** 31) - 1,
  999_999_999_999_999,
] as const;

/** Texts of every kind. */
export const TEXTS: readonly string[] = [
  ...XSS,
  ...SQL,
  ...FORMULAS,
  ...HEADERS,
  ...PATHS,
  ...ADDRESSES,
  ...EXPRESSIONS,
  ...UNICODE,
  ...LONG,
  ...KEYS,
  'null',
  'undefined',
  'NaN',
  'true',
  '-1',
  '1e999',
  '9999-12-31',
  '0000-00-00',
  '2026-02-30',
  '2026-13',
  '275760-09-14',
];

/** Bodies that are no proper JSON, or worse than they look. */
export const RAW_JSON: readonly string[] = [
  '',
  '{',
  'null',
  '[]',
  '0',
  '"x"',
  '{"a":1,"a":2}',
  '{"__proto__":{"isAdmin":true}}',
  '{"constructor":{"prototype":{"isAdmin":true}}}',
  '{"\\u005f_proto__":{}}',
  '{"x":1e999}',
  '{"x":"\\ud800"}',
  '{"x":"\\u0000"}',
  '\uFEFF{}',
  "{'a':1}",
  '{"a":NaN}',
  '['.repeat(10_000) + ']'.repeat(10_000),
  `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`,
  `[${'0,'.repeat(200_000)}0]`,
  `{"x":"${'y'.repeat(700_000)}"}`,
];
