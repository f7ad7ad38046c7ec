import { lookup as resolveName } from 'node:dns/promises';
import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { PrismaClient, PullSource } from '../../prisma/client/client.ts';
import type { Calendar } from '../../workflows/calendar/calendar.ts';
import { ProblemError, problem } from '../http/problem.ts';
import { importValues } from './importValues.ts';
import { pushBody } from './schema.ts';

/** Longest answer of a source, and how long it may take. */
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_MS = 20_000;

/**
 * Hosts that may be fetched from: names, and addresses. A private address is only reached when it is itself in the list, whatever
 * name led there.
 */
export type PullHosts = readonly string[];

const PRIVATE = [
  /^0\./,
  /^10\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^127\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.0\.0\./,
  /^192\.168\./,
  /^198\.1[89]\./,
  /^(22[4-9]|23\d|24\d|25[0-5])\./,
];

/** Whether an address is not one of the public network. What is not known to be public is private. */
export const isPrivate = (address: string): boolean => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  if (isIP(plain) === 4) return PRIVATE.some((range) => range.test(plain));
  return !/^[23][0-9a-f]{3}:/i.test(plain) || /^2001:db8:/i.test(plain) || /^2002:/i.test(plain);
};

const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '').toLowerCase();

/** The address to connect to. @throws source.address when the list does not allow it */
export const allowedAddress = async (
  url: URL,
  hosts: PullHosts,
  resolve: (host: string) => Promise<{ address: string }[]> = (host) => resolveName(host, { all: true }),
): Promise<string> => {
  const host = hostOf(url);
  const refuse = (reason: string) => problem('source.address', { host, reason });
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refuse('only http and https');
  if (url.username !== '' || url.password !== '') throw refuse('no password in the address');
  if (!hosts.includes(host)) throw refuse('the host is not in BIHUAN_PULL_HOSTS');
  const found = isIP(host) ? [{ address: host }] : await resolve(host).catch(() => []);
  const [first] = found;
  if (!first) throw refuse('the name is not known');
  const hidden = found.find(({ address }) => isPrivate(address) && !hosts.includes(address));
  if (hidden) throw refuse(`it leads to the private address ${hidden.address}`);
  return first.address;
};

/** Fetches a document: from the address that was checked and no other, without following redirects, within limits. */
export const fetchDocument = async (text: string, hosts: PullHosts): Promise<Buffer> => {
  const url = new URL(text);
  const address = await allowedAddress(url, hosts);
  const failed = (reason: string) => problem('source.failed', { reason });
  return new Promise((done, reject) => {
    const client = url.protocol === 'https:' ? https : http;
    const request = client.get(
      url,
      {
        signal: AbortSignal.timeout(MOST_MS),
        headers: { accept: 'application/json, text/csv', 'accept-encoding': 'identity' },
        // The name is not asked for again: it might answer another address by now.
        lookup: (_host, options, found) => {
          const family = isIP(address);
          if (options.all) found(null, [{ address, family }]);
          else found(null, address, family);
        },
      },
      (response) => {
        if (response.statusCode !== 200) {
          response.destroy();
          reject(failed(`HTTP ${response.statusCode}`));
          return;
        }
        const parts: Buffer[] = [];
        let size = 0;
        response.on('data', (part: Buffer) => {
          size += part.length;
          if (size > MOST_BYTES) {
            response.destroy();
            reject(failed(`more than ${MOST_BYTES / 1024 / 1024} MB`));
          } else parts.push(part);
        });
        response.on('end', () => done(Buffer.concat(parts)));
        response.on('error', (error) => reject(failed(error.message)));
      },
    );
    request.on('error', (error) =>
      reject(
        failed(
          error.name === 'AbortError' || error.name === 'TimeoutError'
            ? `no answer in ${MOST_MS / 1000} s`
            : error.message,
        ),
      ),
    );
  });
};

const documentSchema = z.union([
  pushBody.shape.values,
  z.object({ values: pushBody.shape.values }).transform(({ values }) => values),
]);

/** JSON as the CSV that the import takes. */
const toCsv = (bytes: Buffer): Buffer => {
  let parsed: unknown;
  try {
    parsed = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw problem('source.failed', { reason: 'this is not JSON' });
  }
  const checked = documentSchema.safeParse(parsed);
  if (!checked.success) {
    const [issue] = checked.error.issues;
    throw problem('source.failed', { reason: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}` });
  }
  const lines = checked.data.map(({ org, indicator, period, value, unit = '' }) =>
    [org, indicator, period, value, `"${unit.replaceAll('"', '""')}"`].join(','),
  );
  return Buffer.from(`org,indicator,period,value,unit\n${lines.join('\n')}\n`);
};

export interface Puller {
  prisma: PrismaClient;
  hosts: PullHosts;
  now: Date;
  calendar: Calendar;
}

/** Fetches a source once. The run is on record whatever becomes of it; gives its id, or throws after the record. */
export const pullOnce = async ({ prisma, hosts, now, calendar }: Puller, source: PullSource): Promise<string> => {
  const run = uuidv7({ msecs: now.getTime() });
  const at = now.toISOString();
  const delivery = { zh: `取数（数据源“${source.name}”）`, en: `a pull from the source "${source.name}"` };
  const reporter = { by: null, source: 'pull', at, calendar, delivery } as const;
  let bytes: Buffer;
  try {
    const document = await fetchDocument(source.url, hosts);
    bytes = source.format === 'json' ? toCsv(document) : document;
  } catch (error) {
    const { title, id } = error instanceof ProblemError ? error : { title: String(error), id: 'source.failed' };
    const message = error instanceof Error ? error.message : String(error);
    await prisma.valueImport.create({
      data: {
        id: run,
        sourceId: source.id,
        cycleId: source.cycleId,
        state: 'failed',
        errors: [{ id, title, message }] as object[],
        startedAt: now,
        endedAt: now,
      },
    });
    throw error;
  }
  await importValues(prisma, bytes, { cycleId: source.cycleId, dryRun: false, reporter, run, sourceId: source.id });
  return run;
};

/** Fetches every source that is due; what fails becomes an incident, one for each source while it is open, and the next time comes all the same. */
export const pullDue = async (puller: Puller): Promise<number> => {
  const { prisma, now } = puller;
  const due = await prisma.pullSource.findMany({
    where: { active: true, nextAt: { lte: now }, cycle: { status: 'running' } },
    orderBy: { nextAt: 'asc' },
    take: 50,
  });
  for (const source of due) {
    const nextAt = new Date(now.getTime() + source.everyMinutes * 60_000);
    // Whoever moves the date first fetches.
    const mine = await prisma.pullSource.updateMany({
      where: { id: source.id, nextAt: source.nextAt },
      data: { nextAt },
    });
    if (mine.count === 0) continue;
    await pullOnce(puller, source).catch((error) => recordFailure(puller, source, error));
  }
  return due.length;
};

const recordFailure = async ({ prisma, now }: Puller, source: PullSource, error: unknown): Promise<void> => {
  const cause = `${source.name}: ${error instanceof Error ? error.message : String(error)}`.slice(0, 1000);
  const open = await prisma.incident.findFirst({ where: { state: 'open', kind: 'pull', cause } });
  if (open) {
    await prisma.incident.update({ where: { id: open.id }, data: { retries: open.retries + 1, at: now } });
    return;
  }
  await prisma.incident.create({
    data: {
      id: uuidv7({ msecs: now.getTime() }),
      kind: 'pull',
      at: now,
      cause,
      detail: { source: source.id, url: source.url },
      state: 'open',
    },
  });
};
