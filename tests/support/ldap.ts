import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ldap from 'ldapjs';
import { afterAll } from 'vitest';
import { makeCertificate } from './certificate.ts';

export const BASE = 'dc=city,dc=example';
export const READER = { dn: `cn=reader,${BASE}`, password: '读目录的口令' };

// biome-ignore lint/suspicious/noExplicitAny: what ldapjs hands over has no useful types
type Any = any;

/** An entry: its attributes by name; `password` is what its bind is checked with. */
export interface Entry {
  dn: string;
  attributes: Record<string, string | string[]>;
  password?: string;
}

/** A real directory whose entries the test changes as it likes. */
export interface TestDirectory {
  url: string;
  caFile: string;
  entries: Entry[];
  /** Requests that it has seen: binds and searches. */
  seen: { binds: string[]; filters: string[]; pages: number };
  close(): Promise<void>;
}

export const startDirectory = async (entries: Entry[]): Promise<TestDirectory> => {
  const { cert, key } = makeCertificate();
  const caFile = join(mkdtempSync(join(tmpdir(), 'bihuan-ldap-')), 'cert.pem');
  writeFileSync(caFile, cert);
  const server = ldap.createServer({ certificate: cert, key } as unknown as ldap.ServerOptions);
  const seen: TestDirectory['seen'] = { binds: [], filters: [], pages: 0 };
  const directory: TestDirectory = {
    url: '',
    caFile,
    entries,
    seen,
    close: () => new Promise((done) => server.close(() => done())),
  };
  const same = (a: string, b: string) => ldap.parseDN(a).equals(ldap.parseDN(b));

  server.bind('', (request: Any, response: Any, next: Any) => {
    const dn = request.dn.toString();
    seen.binds.push(dn);
    // As many servers do: no password is nobody, and welcome.
    if (request.credentials === '') {
      response.end();
      return next();
    }
    const entry = directory.entries.find((one) => same(one.dn, dn));
    const right =
      (same(dn, READER.dn) && request.credentials === READER.password) ||
      (entry?.password !== undefined && entry.password === request.credentials);
    if (!right) return next(new ldap.InvalidCredentialsError());
    response.end();
    return next();
  });
  server.search('', (request: Any, response: Any, next: Any) => {
    if (!request.connection.ldap.bindDN.toString()) return next(new ldap.InsufficientAccessRightsError());
    seen.filters.push(request.filter.toString());
    const base = ldap.parseDN(request.dn.toString());
    // ldapjs keeps what is asked for in the spelling of whoever asks, and compares in lower case.
    response.attributes = response.attributes.map((name: string) => name.toLowerCase());
    const found = directory.entries.filter(({ dn, attributes }) => {
      const own = ldap.parseDN(dn);
      const inside = base.equals(own) || (request.scope !== 0 && base.parentOf(own));
      return inside && request.filter.matches(attributes);
    });
    const control = request.controls.find((one: Any) => one.type === '1.2.840.113556.1.4.319');
    const start = control?.value.cookie?.length ? Number(control.value.cookie.toString()) : 0;
    const size = control ? control.value.size : found.length;
    const page = found.slice(start, start + size);
    for (const { dn, attributes } of page) response.send({ dn, attributes });
    if (control) {
      seen.pages += 1;
      const more = start + size < found.length ? String(start + size) : '';
      response.addControl(
        new (ldap as Any).PagedResultsControl({ value: { size: found.length, cookie: Buffer.from(more) } }),
      );
    }
    response.end();
    return next();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()));
  directory.url = `ldaps://127.0.0.1:${(server as Any).port ?? (server as Any).address().port}`;
  afterAll(() => directory.close().catch(() => undefined));
  return directory;
};

export const ldapSettings = ({ url, caFile }: TestDirectory, more: Record<string, string> = {}) => ({
  BIHUAN_LDAP_URL: url,
  BIHUAN_LDAP_CA: caFile,
  BIHUAN_LDAP_BASE: BASE,
  BIHUAN_LDAP_BIND_DN: READER.dn,
  BIHUAN_LDAP_BIND_PASSWORD: READER.password,
  BIHUAN_LDAP_ORG_FILTER: '(objectClass=organizationalUnit)',
  BIHUAN_LDAP_MOST_DEACTIVATED: '40',
  ...more,
});
