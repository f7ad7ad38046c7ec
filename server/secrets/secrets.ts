import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { toldError } from '../toldError.ts';

/** Keeps what the database must not know in plain: AES-256-GCM under a key that is not in the database. */
export interface Secrets {
  /** Seals a text. What it is for (`totp:<person>`) is bound to it: moved to another row it does not open. */
  seal(text: string, purpose?: string): string;
  /** Opens what was sealed, also under a key that has been replaced since and is still kept. */
  open(sealed: string, purpose?: string): string;
}

const VERSION = 'v1';
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const idOf = (key: Buffer): string => createHash('sha256').update('bihuan').update(key).digest('hex').slice(0, 12);

/**
 * Makes the vault from its keys: the first seals, all of them open, so that a key is replaced by putting a new one before it.
 *
 * @example makeSecrets([key]).seal('JBSWY3DP') // v1.5f0c3a….<nonce>.<text>.<tag>
 */
export const makeSecrets = (keys: readonly [Buffer, ...Buffer[]]): Secrets => {
  const known = new Map(keys.map((key) => [idOf(key), key]));
  const [first] = keys;
  return {
    seal: (text, purpose = '') => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', first, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(Buffer.from(purpose));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'));
      return [VERSION, idOf(first), ...parts].join('.');
    },
    open: (sealed, purpose = '') => {
      const [version, id = '', nonce, text, tag] = sealed.split('.');
      if (version !== VERSION || nonce === undefined || text === undefined || tag === undefined)
        throw secretsFailed({ zh: '不是密文', en: 'this is no sealed text' });
      const key = known.get(id);
      if (!key) throw secretsFailed({ zh: `没有密钥 ${id}`, en: `the key ${id} is not here` });
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonce, 'base64url'), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(purpose));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      try {
        return decipher.update(text, 'base64url', 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw secretsFailed({ zh: '密文被改动或移动', en: 'the sealed text was changed or moved' }, cause);
      }
    },
  };
};

/** Something is wrong with keys or what they seal; told in both languages at the start of a command. */
export const secretsFailed = (reason: { zh: string; en: string }, cause?: unknown): Error => {
  const title = { zh: `密钥或密文有误：${reason.zh}`, en: `wrong key or sealed text: ${reason.en}` };
  return toldError('secrets.failed', title, { cause });
};
