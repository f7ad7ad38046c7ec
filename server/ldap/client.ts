import { readFile } from 'node:fs/promises';
import { Client, InvalidCredentialsError } from 'ldapts';
import { problem } from '../http/problem.ts';
import type { Settings } from '../settings/index.ts';

/** What the settings say about the directory. */
export type LdapSettings = Pick<
  Settings,
  | 'ldapUrl'
  | 'ldapCa'
  | 'ldapBindDn'
  | 'ldapBindPassword'
  | 'ldapBase'
  | 'ldapFilter'
  | 'ldapAttributes'
  | 'ldapOrgFilter'
  | 'ldapOrgAttributes'
  | 'ldapRoles'
  | 'ldapMostDeactivated'
>;

const CONNECT_MS = 10_000;
const ANSWER_MS = 60_000;

/**
 * Connects to the directory, does some work and leaves. Nothing, least of all a password, is said before the connection is
 * encrypted and the server has shown whose it is.
 * @throws ldap.off, ldap.unreachable
 */
export const withDirectory = async <Result>(
  settings: Pick<LdapSettings, 'ldapUrl' | 'ldapCa'>,
  work: (client: Client) => Promise<Result>,
): Promise<Result> => {
  const { ldapUrl: url, ldapCa } = settings;
  if (url === undefined) throw problem('ldap.off');
  let client: Client | undefined;
  try {
    const tlsOptions = {
      minVersion: 'TLSv1.2' as const,
      ...(ldapCa !== undefined && { ca: await readFile(ldapCa) }),
    };
    client = new Client({ url, timeout: ANSWER_MS, connectTimeout: CONNECT_MS, tlsOptions });
    if (url.startsWith('ldap:')) await client.startTLS({ ...tlsOptions, servername: new URL(url).hostname });
    return await work(client);
  } catch (error) {
    throw problem('ldap.unreachable', { reason: reasonOf(error), cause: error });
  } finally {
    await client?.unbind().catch(() => undefined);
  }
};

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 300);

/** Signs in as the account that reads the directory. */
export const bindAsReader = async (
  client: Client,
  { ldapBindDn: dn, ldapBindPassword: password }: Pick<LdapSettings, 'ldapBindDn' | 'ldapBindPassword'>,
): Promise<void> => {
  if (dn !== undefined && password !== undefined) await client.bind(dn, password);
};

/** Whether a password is right for an entry. An empty one is not even asked: many servers take it for "nobody", and say yes. */
export const isPasswordOf = async (client: Client, dn: string, password: string): Promise<boolean> => {
  if (password === '' || dn === '') return false;
  try {
    await client.bind(dn, password);
    return true;
  } catch (error) {
    if (error instanceof InvalidCredentialsError) return false;
    throw error;
  }
};
