import * as oidc from 'openid-client';
import type { Logger } from 'pino';
import { problem } from '../http/problem.ts';
import type { Settings } from '../settings/index.ts';

/** Longest that the provider may take for an answer, in seconds. */
const PATIENCE = 10;

/** What the settings say about the provider of identities, when there is one. */
export interface OidcSettings {
  issuer: string;
  clientId: string;
  clientSecret: string | undefined;
  /** Where the provider sends the browser back to. */
  redirectUri: string;
}

export const oidcOf = (settings: Settings): OidcSettings | undefined => {
  const { oidcIssuer: issuer, oidcClientId: clientId, oidcClientSecret: clientSecret, url } = settings;
  if (issuer === undefined || clientId === undefined || url === undefined) return undefined;
  return { issuer, clientId, clientSecret, redirectUri: `${url}/oidc` };
};

/** The provider as it describes itself; asked once, and again after it could not be reached. */
export interface Provider {
  configuration(): Promise<oidc.Configuration>;
}

export const makeProvider = (settings: OidcSettings, logger: Logger): Provider => {
  let known: Promise<oidc.Configuration> | undefined;
  return {
    configuration: () => {
      known ??= discover(settings).catch((error) => {
        known = undefined;
        logger.warn({ err: error }, 'the provider of identities does not answer');
        throw problem('oidc.unreachable', { cause: error });
      });
      return known;
    },
  };
};

/**
 * Signatures are checked although the token comes over a connection of our own: by keys that the issuer's description names, never
 * by what a token says of itself.
 */
const discover = ({ issuer, clientId, clientSecret }: OidcSettings): Promise<oidc.Configuration> => {
  const url = new URL(issuer);
  const plain = url.protocol === 'http:';
  const auth = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
  return oidc.discovery(url, clientId, {}, auth, {
    timeout: PATIENCE,
    execute: [oidc.enableNonRepudiationChecks, ...(plain ? [oidc.allowInsecureRequests] : [])],
    [oidc.customFetch]: guarded(plain ? url.hostname : undefined),
  });
};

/** Whatever addresses the provider names: https, or the loopback host that the setting itself names. */
const guarded =
  (loopback: string | undefined): oidc.CustomFetch =>
  (address, options) => {
    const { protocol, hostname } = new URL(address);
    if (protocol !== 'https:' && !(protocol === 'http:' && hostname === loopback))
      throw new TypeError(`${protocol}//${hostname} is not asked: only https is`);
    return fetch(address, options as RequestInit);
  };
