import * as oidc from 'openid-client';
import { cookieName, hashToken, newToken, readTokenCookie } from '../auth/session.ts';
import type { SigningIn } from '../auth/signIn.ts';
import { problem } from '../http/problem.ts';
import type { OidcSettings, Provider } from './provider.ts';
import type { Finish } from './schema.ts';

/** How long somebody may take at the provider. */
const MINUTES = 10;

const COOKIE = 'bihuan_oidc';

/** What the provider says of somebody, checked. */
export type Claims = Record<string, unknown> & { sub: string };

/**
 * Begins a sign-in: gives where to send the browser. State, nonce and PKCE's verifier stay here; the browser gets a secret that
 * leads to them, so that nobody can be signed in with what was begun in another browser.
 */
export const startSignIn = async (
  provider: Provider,
  { redirectUri }: OidcSettings,
  next: string,
  { deps, response, now }: SigningIn,
): Promise<string> => {
  const { prisma, settings } = deps;
  const configuration = await provider.configuration();
  const secret = newToken();
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
  const expiresAt = new Date(now.getTime() + MINUTES * 60_000);
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: settings.oidcScope,
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  await prisma.signInAttempt.deleteMany({ where: { expiresAt: { lt: now } } });
  await prisma.signInAttempt.create({ data: { idHash: hashToken(secret), state, nonce, verifier, next, expiresAt } });
  response.cookie(cookieName(settings.secureCookies, COOKIE), secret, {
    ...cookie(settings.secureCookies),
    expires: expiresAt,
  });
  return url.href;
};

/** Our own page asks, never a link from elsewhere: the cookie is for this site alone. */
const cookie = (secure: boolean) => ({ httpOnly: true, sameSite: 'strict', secure, path: '/' }) as const;

/**
 * Takes what the browser brings back: the attempt is used up whatever becomes of it, so neither it nor a code works twice.
 * @throws oidc.expired, oidc.failed, oidc.unreachable
 */
export const finishSignIn = async (
  provider: Provider,
  { redirectUri, issuer }: OidcSettings,
  given: Finish,
  { deps, request, response, now }: SigningIn,
): Promise<{ claims: Claims; next: string }> => {
  const { prisma, settings } = deps;
  const name = cookieName(settings.secureCookies, COOKIE);
  const secret = readTokenCookie(request, name);
  response.clearCookie(name, cookie(settings.secureCookies));
  const where = { idHash: secret ? hashToken(secret) : '' };
  const [attempt] = await prisma.$transaction(async (db) => {
    const found = await db.signInAttempt.findMany({ where });
    const { count } = await db.signInAttempt.deleteMany({ where });
    return count === 1 ? found : [];
  });
  if (!attempt || attempt.expiresAt <= now || attempt.state !== given.state) throw problem('oidc.expired');
  const configuration = await provider.configuration();
  const back = new URL(redirectUri);
  for (const [name, value] of Object.entries(given)) if (value !== undefined) back.searchParams.set(name, value);
  try {
    const tokens = await oidc.authorizationCodeGrant(configuration, back, {
      expectedState: attempt.state,
      expectedNonce: attempt.nonce,
      pkceCodeVerifier: attempt.verifier,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new TypeError('no ID token');
    const more = await readMore(configuration, tokens.access_token, claims, settings.oidcClaim);
    return { claims: { ...more, ...claims, sub: claims.sub }, next: attempt.next };
  } catch (error) {
    deps.logger.warn({ err: error, issuer }, 'a sign-in at the provider of identities was refused');
    throw problem('oidc.failed', { cause: error });
  }
};

/** Providers that keep their ID tokens short tell the rest when asked. */
const readMore = async (
  configuration: oidc.Configuration,
  accessToken: string,
  claims: Claims,
  wanted: string,
): Promise<Record<string, unknown>> => {
  if (claims[wanted] !== undefined || configuration.serverMetadata().userinfo_endpoint === undefined) return {};
  return oidc.fetchUserInfo(configuration, accessToken, claims.sub);
};
