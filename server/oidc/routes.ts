import { record } from '../audit/record.ts';
import { completeSignIn, type SigningIn } from '../auth/signIn.ts';
import { overPrisma } from '../db/sql.ts';
import { makeAddressLimit } from '../http/addressLimit.ts';
import type { Deps } from '../http/deps.ts';
import { ProblemError, problem } from '../http/problem.ts';
import { type Route, route } from '../http/route.ts';
import { finishSignIn, startSignIn } from './flow.ts';
import { findPerson, showedFactor } from './person.ts';
import { makeProvider, type OidcSettings, oidcOf, type Provider } from './provider.ts';
import { type Finish, finishAnswer, finishBody, startAnswer, startBody } from './schema.ts';

/** Signing in at a provider of identities (OpenID Connect). */
export const makeOidcRoutes = (): Route[] => {
  const limit = makeAddressLimit();
  let provider: Provider | undefined;
  const required = ({ settings, logger }: Deps): { settings: OidcSettings; provider: Provider } => {
    const own = oidcOf(settings);
    if (!own) throw problem('route.unknown');
    provider ??= makeProvider(own, logger);
    return { settings: own, provider };
  };
  return [
    route({
      id: 'oidc.start',
      method: 'post',
      path: '/session/oidc',
      summary: { zh: '统一认证登录：开始', en: 'begin to sign in at the provider of identities' },
      can: 'public',
      // Nothing is changed yet: what is kept for the answer is gone in ten minutes.
      change: 'none',
      input: { body: startBody },
      output: { status: 200, body: startAnswer },
      problems: ['route.unknown', 'rate.limited', 'oidc.unreachable'],
      handler: async ({ body, deps, request, response, now }) => {
        const { settings, provider: asked } = required(deps);
        limit(request.ip ?? '', now);
        return { body: { url: await startSignIn(asked, settings, body.next, { deps, request, response, now }) } };
      },
    }),
    route({
      id: 'oidc.finish',
      method: 'post',
      path: '/session/oidc/answer',
      summary: { zh: '统一认证登录：完成', en: 'sign in with what the provider of identities answered' },
      can: 'public',
      input: { body: finishBody },
      output: { status: 200, body: finishAnswer },
      problems: ['route.unknown', 'rate.limited', 'oidc.unreachable', 'oidc.expired', 'oidc.failed', 'oidc.noAccount'],
      handler: async ({ body, deps, request, response, now }) => {
        const { settings, provider: asked } = required(deps);
        limit(request.ip ?? '', now);
        const signingIn = { deps, request, response, now };
        try {
          return { body: await finish(asked, settings, body, signingIn) };
        } catch (error) {
          if (error instanceof ProblemError) await noteRefusal(deps, error);
          throw error;
        }
      },
    }),
  ];
};

const finish = async (provider: Provider, settings: OidcSettings, given: Finish, signingIn: SigningIn) => {
  const { deps, now } = signingIn;
  const { claims, next } = await finishSignIn(provider, settings, given, signingIn);
  const found = await deps.prisma.$transaction(async (db) => {
    const person = await findPerson(db, { issuer: settings.issuer, claims, now }, deps.settings);
    if ('refusal' in person || !person.created) return person;
    await db.$executeRaw`SELECT pg_notify('bihuan_directory', '')`;
    await record(overPrisma(db), {
      action: 'people.create',
      object: `people/${person.id}`,
      detail: { by: 'oidc', issuer: settings.issuer, subject: claims.sub },
    });
    return person;
  });
  if ('refusal' in found) throw problem('oidc.noAccount', { cause: found.refusal });
  if (found.created) await deps.directory.reload();
  const secondFactor = showedFactor(claims, deps.settings.oidcSecondFactor);
  return { next, session: await completeSignIn(found, { by: 'oidc', action: 'oidc.finish', secondFactor }, signingIn) };
};

/** Whoever asks is told less than the audit. */
const noteRefusal = ({ prisma }: Deps, { id, cause }: ProblemError): Promise<void> =>
  prisma.$transaction((db) =>
    record(overPrisma(db), {
      action: 'oidc.finish',
      ok: false,
      detail: { by: 'oidc', reason: typeof cause === 'string' ? `${id}: ${cause}` : id },
    }),
  );
