import { expect } from 'vitest';

/** What a request answered. */
export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back
  body: any;
  headers: Headers;
}

export interface RequestOptions {
  body?: unknown;
  headers?: Record<string, string>;
  key?: string;
  ifMatch?: number;
  /** Sent as it is, with its content type. */
  raw?: { type: string; body: string | Buffer };
  form?: FormData;
}

/** A browser's worth of HTTP: keeps the cookie, sends the CSRF token. */
export interface Client {
  base: string;
  me: { id: string; csrf: string } | undefined;
  /** The session's. */
  cookie: string | undefined;
  /** Of the question for the second factor. */
  challenge: string | undefined;
  request(method: string, path: string, options?: RequestOptions): Promise<Answer>;
  get(path: string, options?: RequestOptions): Promise<Answer>;
  post(path: string, body?: unknown, options?: RequestOptions): Promise<Answer>;
  put(path: string, body?: unknown, options?: RequestOptions): Promise<Answer>;
  patch(path: string, body: unknown, ifMatch: number, options?: RequestOptions): Promise<Answer>;
  delete(path: string, options?: RequestOptions): Promise<Answer>;
  signIn(username: string, password: string): Promise<Answer>;
}

export const makeClient = (origin: string): Client => {
  const base = `${origin}/api/v1`;
  const client: Client = {
    base,
    me: undefined,
    cookie: undefined,
    challenge: undefined,
    request: async (method, path, { body, headers = {}, key, ifMatch, raw, form } = {}) => {
      const sent: Record<string, string> = { 'accept-language': 'zh-CN' };
      const cookies = [client.cookie, client.challenge].filter((cookie) => cookie !== undefined);
      if (cookies.length > 0) sent.cookie = cookies.join('; ');
      if (client.me && method !== 'GET') sent['x-csrf-token'] = client.me.csrf;
      if (body !== undefined) sent['content-type'] = 'application/json';
      if (raw) sent['content-type'] = raw.type;
      if (key) sent['idempotency-key'] = key;
      if (ifMatch !== undefined) sent['if-match'] = `"${ifMatch}"`;
      const payload = form ?? raw?.body ?? (body === undefined ? undefined : JSON.stringify(body));
      const answer = await fetch(
        path.startsWith('/api') || !path.startsWith('/') ? `${origin}${path}` : `${base}${path}`,
        {
          method,
          headers: { ...sent, ...headers },
          redirect: 'manual',
          ...(payload !== undefined && { body: payload as string }),
        },
      );
      for (const cookie of answer.headers.getSetCookie()) keep(client, cookie.split(';')[0] ?? '');
      const text = await answer.text();
      const json = /[/+]json/.test(answer.headers.get('content-type') ?? '');
      return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
    },
    get: (path, options) => client.request('GET', path, options),
    post: (path, body, options) => client.request('POST', path, { ...options, body }),
    put: (path, body, options) => client.request('PUT', path, { ...options, body }),
    patch: (path, body, ifMatch, options) => client.request('PATCH', path, { ...options, body, ifMatch }),
    delete: (path, options) => client.request('DELETE', path, options),
    signIn: async (username, password) => {
      const answer = await client.post('/session', { username, password });
      enter(client, answer);
      return answer;
    },
  };
  return client;
};

/** Takes over who is signed in from an answer that says so. */
export const enter = (client: Client, answer: Answer): void => {
  if (answer.status === 200 && answer.body.person) client.me = { id: answer.body.person.id, csrf: answer.body.csrf };
};

/** A cookie that is taken away stays in the hand of whoever has it, as a thief would. */
const keep = (client: Client, cookie: string): void => {
  const [name, value] = cookie.split('=');
  if (!value) return;
  if (name?.endsWith('bihuan_challenge')) client.challenge = cookie;
  else client.cookie = cookie;
};

/** The answer is a problem of this id, as problem+json in both languages. */
export const expectProblem = (answer: Answer, status: number, id: string): void => {
  expect({ status: answer.status, id: answer.body?.id, body: answer.body }).toMatchObject({ status, id });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({
    type: `/problems/${id}`,
    status,
    titles: { zh: expect.any(String), en: expect.any(String) },
  });
  expect(answer.body.requestId).toBe(answer.headers.get('x-request-id'));
};
