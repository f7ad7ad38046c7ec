import { Prisma } from '../../prisma/client/client.ts';
import { isGreen, lintTemplate } from '../../workflows/template/lint/index.ts';
import type { Database } from '../http/deps.ts';
import { checkVersion } from '../http/etag.ts';
import { problem } from '../http/problem.ts';
import type { Draft } from './schema.ts';

/** Adds a draft as the next version of its key. Versions of one key are numbered one at a time. */
export const createDraft = async (db: Database, content: Draft, by: string, now: Date): Promise<number> => {
  const { key } = content;
  await db.$executeRaw(Prisma.sql`SELECT pg_advisory_xact_lock(hashtext(${`template ${key}`}))`);
  const { _max } = await db.template.aggregate({ where: { key }, _max: { version: true } });
  const version = (_max.version ?? 0) + 1;
  await db.template.create({
    data: { key, version, status: 'draft', content: asJson({ ...content, version }), updatedAt: now, updatedBy: by },
  });
  return version;
};

/** Replaces the content of a draft that still has the revision named. */
export const changeDraft = async (
  db: Database,
  { key, version }: { key: string; version: number },
  revision: number,
  content: Draft,
  by: string,
  now: Date,
): Promise<void> => {
  const current = await lockVersion(db, key, version);
  if (current.status !== 'draft') throw problem('template.published');
  checkVersion(current.revision, revision);
  if (content.key !== key) {
    throw problem('input.invalid', {
      errors: [{ path: 'content.key', message: { zh: `应为“${key}”`, en: `must be "${key}"` } }],
    });
  }
  await db.template.update({
    where: { key_version: { key, version } },
    data: { content: asJson({ ...content, version }), revision: { increment: 1 }, updatedAt: now, updatedBy: by },
  });
};

/** Publishes a draft that lints green; from then on it never changes. Publishing twice is no error. */
export const publish = async (db: Database, key: string, version: number, by: string, now: Date): Promise<void> => {
  const current = await lockVersion(db, key, version);
  if (current.status !== 'draft') return;
  const { content } = await db.template.findUniqueOrThrow({ where: { key_version: { key, version } } });
  const findings = lintTemplate(content);
  if (!isGreen(findings)) {
    const errors = findings
      .filter(({ severity }) => severity === 'error')
      .map(({ path, id, reason, hint }) => ({ path, message: reason, id, hint }));
    throw problem('template.red', { errors });
  }
  await db.template.update({
    where: { key_version: { key, version } },
    data: { status: 'published', publishedAt: now, updatedAt: now, updatedBy: by, revision: { increment: 1 } },
  });
};

const lockVersion = async (db: Database, key: string, version: number) => {
  const rows = await db.$queryRaw<{ status: string; revision: number }[]>(
    Prisma.sql`SELECT status, revision FROM templates WHERE key = ${key} AND version = ${version} FOR UPDATE`,
  );
  const row = rows[0];
  if (!row) throw problem('template.unknown', { key });
  return row;
};

const asJson = (content: object): Prisma.InputJsonObject => content as Prisma.InputJsonObject;
