import { z } from 'zod';

export type JsonSchema = { [keyword: string]: unknown };

/** What the description says about an answer of one status: by content type its schema; undefined where the content is no JSON. */
export type Documented = Map<string, z.ZodType | undefined>;

/** One operation of the API's description, ready to be asked and judged. */
export interface Operation {
  id: string;
  method: string;
  /** As described: `/orgs/{id}`. */
  path: string;
  parameters: { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: JsonSchema }[];
  /** Bodies that it takes, by content type. */
  bodies: Map<string, JsonSchema>;
  answers: Map<number, Documented>;
  /** What the asker must be able to do, where it takes more than being signed in. */
  ability: string | undefined;
  /** It goes on answering until the caller leaves. */
  endless: boolean;
  /** Systems may come with a token. */
  bearer: boolean;
}

interface Described {
  operationId: string;
  description?: string;
  parameters?: Operation['parameters'];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
  security?: Record<string, unknown>[];
}

/** An OpenAPI document, as far as it is looked at. */
export interface Description {
  paths: Record<string, Record<string, Described>>;
  components: { schemas: Record<string, JsonSchema> };
}

const JSON_TYPE = /[/+]json$/;

/** Reads operations from the description that the server itself gives. */
export const readOperations = ({ paths, components }: Description): Operation[] => {
  const schemaOf = makeSchemas(components.schemas);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const answers = new Map(
        Object.entries(described.responses).map(([status, { content = {} }]): [number, Documented] => [
          Number(status),
          new Map(
            Object.entries(content).map(([type, { schema }]) => [
              type,
              JSON_TYPE.test(type) ? schemaOf(schema) : undefined,
            ]),
          ),
        ]),
      );
      return {
        id: described.operationId,
        method: method.toUpperCase(),
        path,
        parameters: described.parameters ?? [],
        bodies: new Map(
          Object.entries(described.requestBody?.content ?? {}).map(([type, { schema }]) => [type, schema]),
        ),
        answers,
        ability: /^ability: (\S+)/.exec(described.description ?? '')?.[1],
        endless: [...answers.values()].some((types) => types.has('text/event-stream')),
        bearer: described.security?.some((way) => 'bearer' in way) ?? false,
      };
    }),
  );
};

/** Makes schemas that check, each once and only when it is first asked; most are the same problem again and again. */
const makeSchemas = (components: Record<string, JsonSchema>) => {
  const $defs = relink(components);
  const made = new Map<string, z.ZodType>();
  return (schema: JsonSchema): z.ZodType => {
    const key = JSON.stringify(schema);
    let lazy = made.get(key);
    if (!lazy) {
      let real: z.ZodType | undefined;
      lazy = z.lazy(() => {
        real ??= z.fromJSONSchema({ ...(relink(schema) as object), $defs } as Parameters<typeof z.fromJSONSchema>[0]);
        return real;
      });
      made.set(key, lazy);
    }
    return lazy;
  };
};

/** JSON Schema keeps what is shared under another name than OpenAPI. */
const relink = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(relink);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === '$ref' && typeof item === 'string' ? item.replace('#/components/schemas/', '#/$defs/') : relink(item),
    ]),
  );
};
