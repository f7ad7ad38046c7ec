import { createHmac, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll } from 'vitest';

/** Where the tests' Bihuan would be reached; nobody goes there. */
export const OWN_URL = 'http://bihuan.test';
export const CLIENT = { id: 'bihuan', secret: 'a secret between the two of them' };

export const oidcSettings = (issuer: string, more: Record<string, string> = {}): Record<string, string> => ({
  BIHUAN_URL: OWN_URL,
  BIHUAN_OIDC_ISSUER: issuer,
  BIHUAN_OIDC_CLIENT_ID: CLIENT.id,
  BIHUAN_OIDC_CLIENT_SECRET: CLIENT.secret,
  ...more,
});

const serve = async (listener: RequestListener): Promise<{ server: Server; origin: string }> => {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  afterAll(() => {
    server.closeAllConnections();
    return new Promise<void>((done) => server.close(() => done()));
  });
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};

/** A real provider. Whoever types a name there is that person; `claims` says what it tells of them. */
export const startProvider = async (claims: Record<string, Record<string, unknown>>): Promise<{ issuer: string }> => {
  let answer: RequestListener = () => undefined;
  const { origin } = await serve((request, response) => answer(request, response));
  const provider = new Provider(origin, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [`${OWN_URL}/oidc`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    pkce: { required: () => true },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'] },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id, ...claims[id] }) }),
  });
  answer = provider.callback();
  return { issuer: origin };
};

/** A browser at the provider: signs in there and agrees, and gives what it is sent back with. */
export const visitProvider = async (url: string, login: string): Promise<Record<string, string>> => {
  const cookies = new Map<string, string>();
  let next: { url: string; body?: URLSearchParams } = { url };
  for (let step = 0; step < 20; step++) {
    const answer = await fetch(next.url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.body && { method: 'POST', body: next.body }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    const to = answer.headers.get('location');
    if (to?.startsWith(OWN_URL)) return Object.fromEntries(new URL(to).searchParams);
    if (to) {
      next = { url: new URL(to, next.url).href };
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
    if (!action || !prompt) throw new Error(`the provider answered ${answer.status}: ${page.slice(0, 500)}`);
    next = { url: action, body: new URLSearchParams({ prompt, login, password: 'any' }) };
  }
  throw new Error('the provider never sent the browser back');
};

/** What a hostile or broken provider signs: header and claims as they are, by the way named. */
export interface Forgery {
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  sign?: 'own' | 'none' | 'foreign' | 'hmacWithPublicKey';
}

const key = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const read = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return new URLSearchParams(Buffer.concat(parts).toString());
};

/** A provider that answers any code with the ID token that the test wants, and notes who asks it what. */
export const startForger = async () => {
  const own = key();
  const foreign = key();
  const jwk = (pair: { publicKey: KeyObject }, kid: string) => ({
    ...pair.publicKey.export({ format: 'jwk' }),
    kid,
    alg: 'RS256',
    use: 'sig',
  });
  const asked: string[] = [];
  let forgery: (nonce: string) => Forgery = () => ({});
  let issuer = '';
  const idToken = ({ header, claims, sign = 'own' }: Forgery): string => {
    const seconds = Math.floor(Date.now() / 1000);
    const head = {
      alg: sign === 'none' ? 'none' : sign === 'hmacWithPublicKey' ? 'HS256' : 'RS256',
      kid: 'own',
      ...header,
    };
    const body = { iss: issuer, aud: CLIENT.id, iat: seconds, exp: seconds + 300, ...claims };
    const text = `${encode(head)}.${encode(body)}`;
    const pem = own.publicKey.export({ type: 'spki', format: 'pem' });
    if (sign === 'none') return `${text}.`;
    if (sign === 'hmacWithPublicKey') return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
    const { privateKey } = sign === 'foreign' ? foreign : own;
    return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`;
  };
  const documents: Record<string, () => unknown> = {
    '/.well-known/openid-configuration': () => ({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
    }),
    '/jwks': () => ({ keys: [jwk(own, 'own')] }),
    '/evil-jwks': () => ({ keys: [jwk(foreign, 'own')] }),
  };
  const { origin } = await serve(async (request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'application/json');
    if (request.url !== '/token') {
      const document = documents[request.url ?? ''];
      response.statusCode = document ? 200 : 404;
      response.end(JSON.stringify(document?.() ?? {}));
      return;
    }
    const nonce = (await read(request)).get('code') ?? '';
    const id_token = idToken(forgery(nonce));
    response.end(JSON.stringify({ access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token }));
  });
  issuer = origin;
  return {
    issuer,
    asked,
    /** What the next ID tokens are; they are handed the code, which the tests make the nonce. */
    forge: (made: (nonce: string) => Forgery) => {
      forgery = made;
    },
    /** Where a token's `jku` may lead. */
    evilKeys: `${origin}/evil-jwks`,
  };
};
