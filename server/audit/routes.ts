import { once } from 'node:events';
import { overPg } from '../db/sql.ts';
import { type Route, route } from '../http/route.ts';
import { makeActionNames } from './actionNames.ts';
import { csvHead, csvLine, jsonLine } from './export.ts';
import { inPem, publicKeys } from './key.ts';
import { filteredRows, listAudit, namesIn, readAuditRow, readAuditState } from './read.ts';
import { settle } from './record.ts';
import {
  type AuditView,
  auditPageSchema,
  auditQuery,
  auditRowParams,
  auditRowSchema,
  auditStateSchema,
  exportQuery,
  verificationSchema,
} from './schema.ts';
import { verifyStored } from './verifyStored.ts';

/** The audit, for the audit administrator alone. Reading it leaves rows too. `routes`: all of the API, whose names actions have. */
export const makeAuditRoutes = (routes: readonly Route[]): Route[] => {
  const own: Route[] = [
    route({
      id: 'audit.list',
      method: 'get',
      path: '/audit',
      summary: { zh: '审计日志', en: 'the audit: who did what, when, from where' },
      can: 'audit.read',
      audits: true,
      input: { query: auditQuery },
      output: { status: 200, body: auditPageSchema },
      problems: ['cursor.invalid'],
      handler: async ({ deps, query, now }) => {
        const page = await listAudit(deps.pool, query, now);
        return { body: { ...page, items: page.items.map(named) } };
      },
    }),
    route({
      id: 'audit.export',
      method: 'get',
      path: '/audit/export',
      summary: { zh: '导出审计日志（CSV 或 JSON 行）', en: 'the audit as CSV, or as JSON lines that can be verified' },
      can: 'audit.read',
      audits: true,
      input: { query: exportQuery },
      output: { status: 200, type: 'text/csv', also: ['application/x-ndjson'] },
      handler: async ({ deps, query: { format, ...filter }, now, response }) => {
        await settle(overPg(deps.pool), { format, filter: JSON.stringify(filter) });
        const csv = format === 'csv';
        response.set({
          'Content-Type': csv ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8',
          'Content-Disposition': `attachment; filename="audit.${format}"`,
          'Cache-Control': 'private, no-store',
        });
        response.write(csv ? `\uFEFF${csvHead()}` : '');
        for await (const rows of filteredRows(deps.pool, filter, now)) {
          if (response.destroyed) return {};
          const names = csv ? await namesIn(deps.pool, rows) : new Map<string, string>();
          const text = rows.map((row) => (csv ? csvLine(row, names) : jsonLine(row))).join('');
          if (!response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
        }
        response.end();
        return {};
      },
    }),
    route({
      id: 'audit.state',
      method: 'get',
      path: '/audit/state',
      summary: { zh: '审计链状态与最近的检查点', en: 'how many rows there are, and the last checkpoint' },
      can: 'audit.read',
      output: { status: 200, body: auditStateSchema },
      handler: async ({ deps }) => {
        const publicKey = inPem(await publicKeys(deps.settings)) || null;
        return { body: { ...(await readAuditState(deps.pool)), publicKey } };
      },
    }),
    route({
      id: 'audit.verify',
      method: 'post',
      path: '/audit/verification',
      summary: { zh: '立即校验审计链', en: 'verify the whole chain now' },
      can: 'audit.read',
      change: 'none',
      audits: true,
      output: { status: 200, body: verificationSchema },
      handler: async ({ deps }) => ({
        body: await verifyStored(deps.pool, { keys: await publicKeys(deps.settings) }),
      }),
    }),
    route({
      id: 'audit.read',
      method: 'get',
      path: '/audit/:id',
      summary: { zh: '一条审计记录', en: 'a row of the audit' },
      can: 'audit.read',
      audits: true,
      input: { params: auditRowParams },
      output: { status: 200, body: auditRowSchema },
      problems: ['audit.unknown'],
      handler: async ({ deps, params }) => ({ body: named(await readAuditRow(deps.pool, params.id)) }),
    }),
  ];
  const nameOf = makeActionNames([...routes, ...own]);
  const named = (row: AuditView): AuditView => {
    const name = nameOf(row.action);
    return name ? { ...row, name } : row;
  };
  return own;
};
