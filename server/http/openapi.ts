import { z } from 'zod';
import { ABILITIES } from '../auth/policy.ts';
import { problemSchema } from './problemSchema.ts';
import { catalogue, type ProblemId } from './problems/index.ts';
import { isChange, type Route } from './route.ts';
import { XLSX_TYPE } from './xlsx.ts';

type JsonSchema = Record<string, unknown>;

/** Describes the API as OpenAPI 3.1, from the very routes and schemas that answer. */
export const describeApi = (routes: readonly Route[], version: string) => {
  const components = makeComponents();
  const paths: Record<string, Record<string, unknown>> = {};
  // Answers first: they have the plain names.
  for (const route of routes) success(route, components.schemaOf);
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: describeRoute(route, components.schemaOf) };
  }
  components.schemaOf(problemSchema, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: '闭环 Bihuan',
      version,
      description: '绩效周期的工作流引擎。 The workflow engine for performance cycles.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ session: [] }],
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'bihuan_session' },
        bearer: { type: 'http', scheme: 'bearer' },
        csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
      },
    },
    tags: [...new Set(routes.map(tagOf))].map((name) => ({ name })),
  };
};

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => JsonSchema;

const tagOf = (route: Route): string => route.id.split('.')[0] ?? '';

const describeRoute = (route: Route, schemaOf: SchemaOf): JsonSchema => {
  const change = isChange(route);
  return {
    operationId: route.id,
    tags: [tagOf(route)],
    summary: `${route.summary.zh} · ${route.summary.en}`,
    ...(ABILITIES.some((ability) => ability === route.can) && { description: `ability: ${route.can}` }),
    security: [
      ...(route.can === 'public' ? [] : [change ? { session: [], csrf: [] } : { session: [] }]),
      ...(route.bearer ? [{ bearer: [] }] : []),
    ],
    parameters: [
      ...parameters('path', route.input?.params, schemaOf),
      ...parameters('query', route.input?.query, schemaOf),
      ...(route.ifMatch ? [header('If-Match', true, '"3"')] : []),
      ...(route.method === 'post' && route.can !== 'public' ? [header('Idempotency-Key', false, 'a1b2c3')] : []),
    ],
    ...(route.input?.body || route.input?.kind ? { requestBody: describeBody(route, schemaOf) } : {}),
    responses: { ...success(route, schemaOf), ...refusals(route, schemaOf) },
  };
};

const parameters = (place: 'path' | 'query', schema: z.ZodType | undefined, schemaOf: SchemaOf): JsonSchema[] => {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, JsonSchema>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
};

const header = (name: string, required: boolean, example: string): JsonSchema => ({
  name,
  in: 'header',
  required,
  schema: { type: 'string' },
  example,
});

const describeBody = ({ input }: Route, schemaOf: SchemaOf): JsonSchema => {
  if (input?.kind === 'csv' || input?.kind === 'table') {
    const binary = { schema: { type: 'string', format: 'binary' } };
    const content = { 'text/csv': binary, ...(input.kind === 'table' && { [XLSX_TYPE]: binary }) };
    return { required: true, content };
  }
  const type = input?.kind === 'file' ? 'multipart/form-data' : 'application/json';
  return { required: true, content: { [type]: { schema: input?.body ? schemaOf(input.body, 'input') : {} } } };
};

const success = ({ output }: Route, schemaOf: SchemaOf): JsonSchema => {
  const type = output.type ?? 'application/json';
  const schema = output.body ? schemaOf(output.body, 'output') : { type: 'string' };
  const also = Object.fromEntries((output.also ?? []).map((other) => [other, { schema: {} }]));
  const content = output.body || output.type ? { content: { [type]: { schema }, ...also } } : {};
  return { [output.status]: { description: output.status === 204 ? 'done' : 'answer', ...content } };
};

/** Every refusal that the route can answer, grouped by status. */
const refusals = (route: Route, schemaOf: SchemaOf): JsonSchema => {
  // Any address may have text in it that is none.
  const ids: ProblemId[] = [...(route.problems ?? []), 'body.uncleanText', 'route.unknown'];
  if (route.can !== 'public') ids.push('session.missing');
  if (route.can !== 'public' && !route.onDuty) ids.push('password.expired', 'secondFactor.required');
  if (ABILITIES.some((ability) => ability === route.can)) ids.push('permission.denied');
  if (isChange(route)) ids.push('origin.foreign', 'database.unavailable', 'database.conflict');
  if (isChange(route) && route.can !== 'public') ids.push('csrf.missing');
  if (route.method === 'post' && route.can !== 'public') ids.push('idempotency.mismatch');
  if (route.bearer) ids.push('token.invalid', 'token.scope', 'token.limited');
  if (route.input) ids.push('input.invalid');
  if (route.input?.body || route.input?.kind) ids.push('body.malformed', 'body.tooLarge', 'body.type');
  if (route.ifMatch) ids.push('version.required', 'version.stale');
  const byStatus = new Map<number, ProblemId[]>();
  for (const id of new Set(ids))
    byStatus.set(catalogue[id].status, [...(byStatus.get(catalogue[id].status) ?? []), id]);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      {
        description: some.map((id) => `\`${id}\` ${catalogue[id].title.en}`).join('; '),
        content: { 'application/problem+json': { schema: schemaOf(problemSchema, 'output') } },
      },
    ]),
  );
};

/** Turns zod schemas into JSON Schema; those with a name become shared components. */
const makeComponents = () => {
  const schemas: Record<string, JsonSchema> = {};
  /** What each name was first given to. */
  const said = new Map<string, string>();
  const made = { input: new Map<z.ZodType, JsonSchema>(), output: new Map<z.ZodType, JsonSchema>() };
  let inline = 0;

  const schemaOf: SchemaOf = (schema, io) => {
    const before = made[io].get(schema);
    if (before) return before;
    const now = make(schema, io);
    made[io].set(schema, now);
    return now;
  };

  const make: SchemaOf = (schema, io) => {
    const {
      $schema,
      $defs = {},
      id: _id,
      ...own
    } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    const id = z.globalRegistry.get(schema)?.id;
    // A named schema is either written out here, or among the definitions and only referred to.
    const defs: Record<string, JsonSchema> = id && !(id in $defs) ? { ...$defs, [id]: own } : $defs;
    const names = new Map(Object.entries(defs).map(([name, def]) => [name, nameFor(name, def, io)]));
    const relink = (value: unknown): unknown => rewrite(value, names, id);
    for (const [name, def] of Object.entries(defs)) {
      const { id: _defId, ...rest } = def;
      schemas[names.get(name) ?? name] = relink(rest) as JsonSchema;
    }
    return id ? { $ref: `#/components/schemas/${names.get(id)}` } : (relink(own) as JsonSchema);
  };

  /** The same name for the same schema; where input and output differ, the input gets a name of its own. */
  const nameFor = (name: string, def: JsonSchema, io: 'input' | 'output'): string => {
    if (name.startsWith('__')) return `Inline${++inline}`;
    const text = JSON.stringify(def);
    const own = io === 'input' && said.get(name) !== text ? `${name}Input` : name;
    if ((said.get(own) ?? text) !== text) throw new Error(`two schemas of the API are named ${own}`);
    said.set(own, text);
    return own;
  };

  return { schemas, schemaOf };
};

const rewrite = (value: unknown, names: Map<string, string>, self: string | undefined): unknown => {
  if (Array.isArray(value)) return value.map((item) => rewrite(item, names, self));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, rewrite(item, names, self)];
      const name = item === '#' ? (self ?? '') : item.replace('#/$defs/', '');
      return [key, `#/components/schemas/${names.get(name) ?? name}`];
    }),
  );
};
