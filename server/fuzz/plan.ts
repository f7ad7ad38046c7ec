import fc, { type Arbitrary } from 'fast-check';
import { hostile, type Mutation, mutate, mutation, reference, type Shapes, valid } from './arbitrary.ts';
import type { Actor } from './city.ts';
import { FILES, type FileKind, HONEST } from './files.ts';
import { FORMULAS, PATHS, RAW_JSON, SQL, TEXTS, XSS } from './hostile.ts';
import type { Learned } from './learn.ts';
import type { JsonSchema, Operation } from './operations.ts';
import { type Pools, resolve } from './ref.ts';

/** A request before it is sent: its ids are still references, what is wrong with it is listed apart, so that it shrinks well. */
export interface Plan {
  actor: number;
  /** The thing that is asked for by its id, where whoever has such a thing shall ask. */
  concerns: string | null;
  path: Record<string, unknown>;
  query: Record<string, unknown>;
  headers: Record<string, string>;
  body: BodyPlan | null;
}

type BodyPlan =
  | { kind: 'json'; value: unknown; mutations: Mutation[] }
  | { kind: 'raw'; type: string; text: string }
  | { kind: 'csv'; type: string; head: string[]; rows: string[][] }
  | { kind: 'file'; name: string; file: FileKind; field: string };

/** A request as it goes out. */
export interface Sent {
  method: string;
  /** Below the server's address, with the query. */
  url: string;
  headers: Record<string, string>;
  body: Buffer | null;
  /** The address may be another operation's, or none's: only what holds for all answers is checked. */
  elsewhere: boolean;
}

export interface PlanShapes extends Shapes {
  actors: readonly Actor[];
  learned: Learned;
}

/** Requests of one operation, as `actors` make them: every other one as a careful caller would, the others with something wrong somewhere. */
export const planOf = (operation: Operation, shapes: PlanShapes): Arbitrary<Plan> =>
  fc.oneof(...[true, false].map((careful) => plansOf(operation, { ...shapes, careful })));

interface Drawn extends PlanShapes {
  careful: boolean;
}

const plansOf = (operation: Operation, drawn: Drawn): Arbitrary<Plan> =>
  fc.record({
    actor: actorOf(operation, drawn),
    concerns: fc.constant(drawn.careful ? kindOfFirst(operation) : null),
    path: inPath(operation, drawn),
    query: inQuery(operation, drawn),
    headers: headersOf(operation, drawn),
    body: bodyOf(operation, drawn),
  });

/** What fits, and what does not: a careful caller sends nothing of the latter. */
const mostly = <T>(
  { careful }: Drawn,
  fitting: fc.WeightedArbitrary<T>,
  ...others: fc.WeightedArbitrary<T>[]
): Arbitrary<T> => (careful ? fitting.arbitrary : fc.oneof(fitting, ...others));

/** Whether somebody may do such a thing at all, as far as the API says. */
export const isAble = ({ ability }: Operation, { name }: Actor, { abilities }: Learned): boolean =>
  ability === undefined || abilities.get(name)?.includes(ability) === true;

/** Mostly those who may, a careful caller is one of them; business systems only where they are known. */
const actorOf = (operation: Operation, { actors, learned, careful }: Drawn): Arbitrary<number> => {
  const { bearer, ability } = operation;
  const weights = actors.map((actor) => {
    if (actor.system) return bearer ? 12 : 0;
    if (isAble(operation, actor, learned) && (ability !== undefined || (careful && !actor.outsider))) return 20;
    return actor.name === 'office' ? 6 : 1;
  });
  const able = weights.some((weight) => weight === 20);
  return fc.oneof(
    ...weights.flatMap((weight, place) =>
      weight === 0 || (careful && able && weight < 12) ? [] : [{ weight, arbitrary: fc.constant(place) }],
    ),
  );
};

/** What the last fixed part of an address before a parameter names. */
const KINDS: Record<string, string> = {
  orgs: 'org_units',
  people: 'people',
  accounts: 'people',
  templates: 'template_keys',
  'improvement-goals': 'improvement_goals',
  'observation-points': 'observation_points',
  'assigned-indicators': 'cycle_indicators',
  imports: 'value_imports',
  'push-tokens': 'api_tokens',
  'pull-sources': 'pull_sources',
  'ballot-sheets': 'ballot_sheets',
  'ballot-rounds': 'ballot_rounds',
  'grade-exceptions': 'grade_exceptions',
  'quota-raises': 'quota_raises',
  'score-runs': 'score_runs',
  flags: 'abnormal_flags',
  rectification: 'rectification_items',
  phrases: 'phrases',
  calendar: 'years',
};

const kindOf = (path: string, name: string): string => {
  const before =
    path
      .slice(0, path.indexOf(`{${name}}`))
      .split('/')
      .filter((part) => part && !part.startsWith('{'))
      .at(-1) ?? '';
  if (name === 'version') return 'versions';
  if (name === 'token') return 'survey_tokens';
  if (name === 'file') return 'finding_files';
  return KINDS[before] ?? before.replaceAll('-', '_');
};

const kindOfFirst = ({ path, parameters }: Operation): string | null => {
  const first = parameters.find((parameter) => parameter.in === 'path');
  return first ? kindOf(path, first.name) : null;
};

const inPath = ({ path, parameters }: Operation, shapes: Drawn): Arbitrary<Record<string, unknown>> =>
  fc.record(
    Object.fromEntries(
      parameters
        .filter((parameter) => parameter.in === 'path')
        .map(({ name, schema }) => [
          name,
          mostly<unknown>(
            shapes,
            { weight: 12, arbitrary: reference(shapes, kindOf(path, name)) },
            { weight: 1, arbitrary: valid(schema, shapes, name) },
            { weight: 1, arbitrary: fc.constantFrom(...PATHS, ...SQL, '0', '-1', '%00', '%E0%A4%A', 'x'.repeat(3000)) },
          ),
        ]),
    ),
  ) as Arbitrary<Record<string, unknown>>;

const QUERY_TEXTS = [...SQL, ...XSS, ...FORMULAS, '-name', 'name', '%', '_', '\\', '%%', '*', '(', 'a'.repeat(5000)];

const inQuery = ({ id, parameters }: Operation, shapes: Drawn): Arbitrary<Record<string, unknown>> => {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const sorts = shapes.learned.sorts.get(id);
  const oneOf = (name: string, schema: JsonSchema): Arbitrary<unknown> => {
    if (name === 'sort' && sorts) return fc.constantFrom(...sorts);
    return name === 'after'
      ? reference({ ...shapes, kinds: [`after ${id}`] }, `after ${id}`)
      : valid(schema, shapes, name);
  };
  const fitting = fc.record(Object.fromEntries(known.map(({ name, schema }) => [name, oneOf(name, schema)])), {
    requiredKeys: known.filter(({ required }) => required).map(({ name }) => name),
  }) as Arbitrary<Record<string, unknown>>;
  const names = [...known.map(({ name }) => name), 'sort', 'q', '__proto__', 'constructor', 'x'];
  const wrong = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.constantFrom<unknown>(...QUERY_TEXTS), hostile), {
    minKeys: 1,
    maxKeys: 2,
  });
  // Few of many filters at once find anything.
  const few = fc
    .tuple(
      fitting,
      fc.subarray(
        known.map(({ name }) => name),
        { maxLength: Math.min(2, known.length) },
      ),
    )
    .map(([all, kept]) =>
      Object.fromEntries(
        Object.entries(all).filter(
          ([name]) => kept.includes(name) || known.some((one) => one.name === name && one.required),
        ),
      ),
    );
  return mostly(
    shapes,
    { weight: 6, arbitrary: few },
    { weight: 2, arbitrary: fitting },
    { weight: 2, arbitrary: fc.tuple(few, wrong).map(([right, more]) => ({ ...right, ...more })) },
  );
};

const ODD_HEADERS: Record<string, readonly string[]> = {
  'if-match': ['"1"', '"2"', '*', '1', 'W/"1"', '"99999999999999999999"', '""', '"1", "2"', "' OR 1=1"],
  'idempotency-key': ['a', 'same-key', 'x'.repeat(201), 'with space', "';--", '__proto__'],
  'accept-language': ['en', 'zh-CN', 'en;q=0', '*', 'x'.repeat(2000), 'zh;q=abc', '../../en'],
  origin: ['http://evil.example', 'null', 'file://', 'http://127.0.0.1'],
  'sec-fetch-site': ['cross-site', 'same-origin', 'none', 'x'],
  'content-type': [
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-7',
    'application/json;charset=gbk',
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/json, text/plain',
    '*/*',
    '',
  ],
  'content-encoding': ['gzip', 'br', 'identity', 'x'],
  'x-csrf-token': ['', 'x', 'x'.repeat(43)],
  'x-forwarded-for': ['127.0.0.1', '1.2.3.4, 5.6.7.8', '::1', 'unknown'],
  'x-http-method-override': ['DELETE'],
  authorization: ['Bearer', 'Bearer x', 'Basic YTpi', `Bearer bh_${'a'.repeat(43)}`, `Bearer ${'a'.repeat(5000)}`],
  cookie: ['bihuan_session=x', '__proto__=1', 'bihuan_session=; bihuan_session=', ';;;'],
  accept: ['text/html', 'application/xml', 'x'],
  'if-none-match': ['*', '"x"'],
  range: ['bytes=0-1', 'bytes=9-1', 'x'],
};

const headersOf = ({ parameters }: Operation, drawn: Drawn): Arbitrary<Record<string, string>> => {
  const wantsVersion = parameters.some(({ name }) => name === 'If-Match');
  const version = wantsVersion
    ? fc.integer({ min: 1, max: 3 }).map((n) => ({ 'if-match': `"${n}"` }))
    : fc.constant({});
  const odd = fc
    .constantFrom(...Object.keys(ODD_HEADERS))
    .chain((name) => fc.constantFrom(...(ODD_HEADERS[name] ?? [])).map((value) => ({ [name]: value })));
  return mostly<object>(
    drawn,
    { weight: 5, arbitrary: version },
    { weight: 1, arbitrary: fc.tuple(version, odd).map(([right, wrong]) => ({ ...right, ...wrong })) },
  ) as Arbitrary<Record<string, string>>;
};

const bodyOf = (operation: Operation, shapes: Drawn): Arbitrary<BodyPlan | null> => {
  const types = [...operation.bodies];
  const raw = fc.record({
    kind: fc.constant('raw' as const),
    type: fc.constantFrom('application/json', ...types.map(([type]) => type)),
    text: fc.constantFrom(...RAW_JSON, ...TEXTS),
  });
  if (types.length === 0)
    return mostly<BodyPlan | null>(shapes, { weight: 10, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: raw });
  const fitting = fc.oneof(...types.map(([type, schema]) => oneBody(type, schema, operation, shapes)));
  return mostly<BodyPlan | null>(
    shapes,
    { weight: 16, arbitrary: fitting },
    { weight: 1, arbitrary: raw },
    { weight: 1, arbitrary: fc.constant(null) },
  );
};

const FILE_NAMES = ['说明.pdf', 'c.csv', 'd.docx', ...PATHS, ...XSS, 'x'.repeat(300), '.htaccess', 'a.pdf.exe'];

const oneBody = (
  type: string,
  schema: Operation['bodies'] extends Map<string, infer S> ? S : never,
  { id }: Operation,
  shapes: Drawn,
): Arbitrary<BodyPlan> => {
  if (type === 'application/json')
    return fc.record({
      kind: fc.constant('json' as const),
      value: valid(schema, shapes),
      mutations: mostly(
        shapes,
        { weight: 4, arbitrary: fc.constant<Mutation[]>([]) },
        { weight: 5, arbitrary: fc.array(mutation, { minLength: 1, maxLength: 2 }) },
      ),
    });
  if (type === 'multipart/form-data') {
    const right = fc.constantFrom(...HONEST);
    const any = fc.record({ name: fc.constantFrom(...FILE_NAMES), file: fc.constantFrom(...FILES) });
    return fc
      .tuple(
        mostly(shapes, { weight: 1, arbitrary: right }, { weight: 3, arbitrary: any }),
        fc.oneof(fc.constantFrom('file', 'evidence', 'materials', ''), fc.constantFrom(...TEXTS)),
      )
      .map(([{ name, file }, field]) => ({ kind: 'file' as const, name, file, field }));
  }
  const columns = shapes.learned.columns.get(id) ?? ['code', 'name'];
  const cell = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        '',
        '1',
        '12.5',
        '2026',
        '2026-Q1',
        'fgw',
        'department',
        'GDP',
        '市发改委',
        'count',
        'up',
        'year',
        'sum',
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom(...TEXTS) },
  );
  return fc.record({
    kind: fc.constant('csv' as const),
    type: fc.constantFrom('text/csv', 'text/csv', type),
    head: fc.oneof(
      { weight: 5, arbitrary: fc.constant<string[]>([...columns]) },
      { weight: 1, arbitrary: fc.array(fc.constantFrom(...columns, '__proto__', ''), { maxLength: 5 }) },
    ),
    rows: fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), { maxLength: 4 }),
  });
};

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Halves of characters cannot stand in an address. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

/** A path part that may be sent as it is: what is percent-encoded already is not encoded again. */
const encode = (part: string): string => (/^%[0-9A-F]/i.test(part) ? part : encodeURIComponent(wellFormed(part)));

/** Makes the request of a plan, with what is in the database now in place of its references. */
export const makeRequest = (operation: Operation, plan: Plan, pools: Pools): Sent => {
  let elsewhere = false;
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const part = encode(asText(resolve(plan.path[name], pools)));
    // These leave the address that the operation has.
    if (/^(\.|%2e)*$/i.test(part) || /^%[0-9A-F]/i.test(part) || !isKnown(plan.path[name])) elsewhere = true;
    return part;
  });
  const pairs = Object.entries(resolve(plan.query, pools) as Record<string, unknown>).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(wellFormed(asText(value)))}`,
  );
  const url = `/api/v1${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
  const body = plan.body ? makeBody(plan.body, pools) : null;
  const headers = { ...(body && { 'content-type': body.type }), ...plan.headers };
  return { method: operation.method, url, headers, body: body?.bytes ?? null, elsewhere };
};

/** A fixed address may be meant by a parameter's value: `/tasks/counts` is no task. */
const isKnown = (value: unknown): boolean => typeof value !== 'string' || !/^[a-z-]{3,}$/.test(value);

const makeBody = (body: BodyPlan, pools: Pools): { type: string; bytes: Buffer } => {
  switch (body.kind) {
    case 'json':
      return {
        type: 'application/json',
        bytes: Buffer.from(JSON.stringify(resolve(mutate(body.value, body.mutations), pools)) ?? ''),
      };
    case 'raw':
      return { type: body.type, bytes: Buffer.from(body.text) };
    case 'csv':
      return {
        type: body.type,
        bytes: Buffer.from([body.head, ...body.rows].map((row) => row.map(quoted).join(',')).join('\n')),
      };
    case 'file':
      return multipart(body);
  }
};

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

const multipart = ({ name, file, field }: Extract<BodyPlan, { kind: 'file' }>): { type: string; bytes: Buffer } => {
  const boundary = '----bihuan-fuzz';
  const fileName = name.replace(/["\r\n]/g, (char) => encodeURIComponent(char));
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="field"\r\n\r\n${field}\r\n`),
      Buffer.from(
        `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${fileName}"\r\nContent-Type: application/octet-stream\r\n\r\n`,
      ),
      file.bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
  };
};
