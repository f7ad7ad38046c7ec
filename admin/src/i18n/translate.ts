export interface Messages {
  [key: string]: string | Messages;
}

export type Params = Record<string, unknown>;

/** The string under a dotted key, if there is one. */
export function lookUp(messages: Messages, key: string): string | undefined {
  let at: string | Messages | undefined = messages;
  for (const part of key.split('.')) at = typeof at === 'object' ? at[part] : undefined;
  return typeof at === 'string' ? at : undefined;
}

/**
 * Fills `%{name}` and picks a plural form (`one |||| many`, by `smart_count`; Chinese has just one form).
 * Polyglot's rules, which react-admin's messages are written in.
 */
export function fill(message: string, params: Params = {}): string {
  const forms = message.split('||||');
  const form = forms[forms.length > 1 && params.smart_count !== 1 ? 1 : 0] ?? message;
  return form.trim().replace(/%\{(\w+)\}/g, (whole, name: string) => {
    const value = params[name];
    return value === undefined || value === null ? whole : String(value);
  });
}

/** Every dotted key of a catalogue, in order. */
export function keysOf(messages: Messages, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}
