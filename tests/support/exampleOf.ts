type Schema = Record<string, unknown>;

/** The smallest value that an input of the API's description takes; what a pattern asks for has to be given by its property's name. */
export const exampleOf = (schema: Schema, schemas: Record<string, Schema>, known: Record<string, unknown>): unknown => {
  const again = (one: Schema) => exampleOf(one, schemas, known);
  if (typeof schema.$ref === 'string') return again(schemas[schema.$ref.split('/').at(-1) as string] as Schema);
  if ('const' in schema) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  for (const way of ['anyOf', 'oneOf', 'allOf']) {
    const list = schema[way] as Schema[] | undefined;
    if (list?.[0]) return again(list[0]);
  }
  if (schema.type === 'object') {
    const properties = (schema.properties ?? {}) as Record<string, Schema>;
    const required = (schema.required ?? []) as string[];
    return Object.fromEntries(required.map((name) => [name, known[name] ?? again(properties[name] ?? {})]));
  }
  if (schema.type === 'array')
    return Array.from({ length: Number(schema.minItems ?? 0) }, () => again(schema.items as Schema));
  if (schema.type === 'integer' || schema.type === 'number') return Number(schema.minimum ?? 1);
  if (schema.type === 'boolean') return true;
  if (schema.format === 'uuid') return '0b5e2ad2-64a9-4f9f-93b7-9c0c5a3a4f10';
  return 'x'.repeat(Math.max(1, Number(schema.minLength ?? 1)));
};
