import { subject } from '@casl/ability';
import type { z } from 'zod';
import { Prisma, type Template } from '../../prisma/client/client.ts';
import { lintTemplate } from '../../workflows/template/lint/index.ts';
import { type Text, textSchema } from '../../workflows/text.ts';
import type { Me } from '../auth/me.ts';
import { may } from '../auth/policy.ts';
import { policyOf } from '../auth/rules.ts';
import { allowed } from '../auth/sql.ts';
import type { Database } from '../http/deps.ts';
import { likePattern, type Page, readPage } from '../http/page.ts';
import { problem } from '../http/problem.ts';
import type { templateQuery, templateRowSchema, templateVersionSchema, versionRowSchema } from './schema.ts';

type Row = Omit<Template, 'content'> & { name: unknown; versions: number };

/** Drafts are seen by those who write templates. */
const visible = (me: Me): Prisma.Sql => allowed(me, 'read', 'Template');

/** The newest version of each template. */
export const listTemplates = async (
  db: Database,
  query: z.infer<typeof templateQuery>,
  me: Me,
): Promise<Page<z.infer<typeof templateRowSchema>>> => {
  const where = [
    visible(me),
    Prisma.sql`NOT EXISTS (SELECT FROM templates n WHERE n.key = t.key AND n.version > t.version AND ${newer(me)})`,
  ];
  if (query.status) where.push(Prisma.sql`t.status = ${query.status}`);
  if (query.q) where.push(Prisma.sql`(t.key || ' ' || (t.content->>'name')) ILIKE ${likePattern(query.q)}`);
  const page = await readPage<Row>(
    db,
    {
      columns: Prisma.sql`t.key, t.version, t.status, t.content->'name' AS name, t.revision, t.updated_at AS "updatedAt",
        t.published_at AS "publishedAt", (SELECT count(*)::int FROM templates v WHERE v.key = t.key) AS versions`,
      from: Prisma.sql`templates t`,
      where,
      sorts: {
        key: { by: Prisma.sql`t.key COLLATE "C"`, type: 'text' },
        updatedAt: { by: Prisma.sql`t.updated_at`, type: 'timestamptz' },
      },
      sort: 'key',
      id: Prisma.sql`t.key`,
    },
    query,
  );
  return { ...page, items: page.items.map((row) => ({ ...presentRow(row, me), versions: row.versions })) };
};

const newer = (me: Me): Prisma.Sql => allowed(me, 'read', 'Template', 'n');

/** Every version of a template, the newest first. */
export const listVersions = async (
  db: Database,
  key: string,
  me: Me,
): Promise<{ items: z.infer<typeof versionRowSchema>[] }> => {
  const rows = await db.template.findMany({ where: { key }, orderBy: { version: 'desc' } });
  const seen = rows.filter((row) => policyOf(me).can('read', subject('Template', { status: row.status })));
  if (seen.length === 0) throw problem('template.unknown', { key });
  return {
    items: seen.map((row) => ({ ...presentRow({ ...row, name: nameIn(row.content) }, me), revision: row.revision })),
  };
};

/** One version with what the linter says about it. */
export const readTemplate = async (
  db: Database,
  key: string,
  version: number,
  me: Me,
): Promise<z.infer<typeof templateVersionSchema>> => {
  const row = await db.template.findUnique({ where: { key_version: { key, version } } });
  if (!row || !policyOf(me).can('read', subject('Template', { status: row.status })))
    throw problem('template.unknown', { key });
  return {
    ...presentRow({ ...row, name: nameIn(row.content) }, me),
    revision: row.revision,
    content: row.content as Record<string, unknown>,
    findings: lintTemplate(row.content),
  };
};

const nameIn = (content: unknown): unknown =>
  typeof content === 'object' && content !== null && 'name' in content ? content.name : undefined;

/** The name of a template, or its key while a draft has none. */
const textOr = (name: unknown, key: string): Text => {
  const parsed = textSchema.safeParse(name);
  return parsed.success ? parsed.data : { zh: key, en: key };
};

const presentRow = (row: Omit<Row, 'versions'>, me: Me) => ({
  key: row.key,
  version: row.version,
  status: row.status as 'draft' | 'published' | 'retired',
  name: textOr(row.name, row.key),
  updatedAt: row.updatedAt.toISOString(),
  ...(row.publishedAt && { publishedAt: row.publishedAt.toISOString() }),
  can: actionsOf(row.status, me),
});

const actionsOf = (status: string, me: Me): string[] => [
  ...(may(me, 'templates.write') ? (status === 'draft' ? ['edit', 'publish'] : ['newVersion']) : []),
  ...(may(me, 'cycles.launch') && status === 'published' ? ['launch'] : []),
];
