import { escapeFilter } from 'ldapts';
import type { Settings } from '../settings/index.ts';
import { bindAsReader, isPasswordOf, type LdapSettings, withDirectory } from './client.ts';
import { idOf, inBytes } from './read.ts';

/** Whether passwords are asked of the directory, for those whom it keeps. */
export const asksDirectory = ({ ldapUrl, ldapSignIn }: Pick<Settings, 'ldapUrl' | 'ldapSignIn'>): boolean =>
  ldapUrl !== undefined && ldapSignIn;

/** Whether somebody signs in with the password that the directory knows. */
export const signsInThere = (
  { directoryId }: { directoryId: string | null },
  settings: Pick<Settings, 'ldapUrl' | 'ldapSignIn'>,
): boolean => directoryId !== null && asksDirectory(settings);

/**
 * Whether a password is the one that somebody has in the directory: their entry is looked up by name, must still have the number
 * by which they are known here, and is what the password is tried on.
 * @throws ldap.unreachable
 */
export const isDirectoryPassword = async (
  settings: LdapSettings,
  { username, directoryId }: { username: string; directoryId: string | null },
  password: string,
): Promise<boolean> => {
  if (password === '' || directoryId === null) return false;
  const { id = 'entryUUID', username: name = 'uid' } = settings.ldapAttributes;
  return withDirectory(settings, async (client) => {
    await bindAsReader(client, settings);
    const { searchEntries } = await client.search(settings.ldapBase ?? '', {
      scope: 'sub',
      filter: `(&${settings.ldapFilter}${escapeFilter`(${name}=${username})`})`,
      attributes: [id],
      explicitBufferAttributes: inBytes(id),
      sizeLimit: 2,
    });
    const found = searchEntries.filter((entry) => idOf(entry, id) === directoryId);
    const [entry] = found;
    return entry !== undefined && found.length === 1 && isPasswordOf(client, entry.dn, password);
  });
};
