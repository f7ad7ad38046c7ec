import { Secret, TOTP } from 'otpauth';

/** What every authenticator app does unless told otherwise. */
const PERIOD = 30;
const SHAPE = { algorithm: 'SHA1', digits: 6, period: PERIOD } as const;

/** A new secret of 160 bits, in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32;

/** What the app scans. */
export const uriOf = (secret: string, username: string): string =>
  new TOTP({ ...SHAPE, issuer: 'Bihuan', label: username, secret: Secret.fromBase32(secret) }).toString();

/**
 * The half minute that a code belongs to, when it is the present one or one beside it: clocks of phones are a little off.
 * Undefined for any other code.
 */
export const stepOf = (code: string, secret: string, now: Date): number | undefined => {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...SHAPE, token: code, secret: Secret.fromBase32(secret), timestamp, window: 1 });
  return delta === null ? undefined : TOTP.counter({ period: PERIOD, timestamp }) + delta;
};
