import type { Column, Field } from '../../template/field.ts';
import type { Text } from '../../text.ts';

type Of<Type extends Field['type']> = Extract<Field, { type: Type }>;
type Rest<Type extends Field['type']> = Partial<Omit<Of<Type>, 'key' | 'type' | 'name'>>;

/** What must be filled in: `text('name', '名称', 'Name', must)`. */
export const must = { required: true } as const;

/** A long text that must be filled in, and begins with the sentences of the report. */
export const written = { required: true, source: 'report' } as const;

const named = (key: string, zh: string, en: string) => ({ key, name: { zh, en } });

export const text = (key: string, zh: string, en: string, rest: Rest<'text'> = {}): Of<'text'> => ({
  ...named(key, zh, en),
  type: 'text',
  maxLength: 500,
  ...rest,
});
export const longText = (key: string, zh: string, en: string, rest: Rest<'longText'> = {}): Of<'longText'> => ({
  ...named(key, zh, en),
  type: 'longText',
  maxLength: 10_000,
  ...rest,
});
export const decimal = (key: string, zh: string, en: string, rest: Rest<'decimal'> = {}): Of<'decimal'> => ({
  ...named(key, zh, en),
  type: 'decimal',
  ...rest,
});
/** Between 0 and 100 %, to two places. */
export const percent = (key: string, zh: string, en: string, rest: Rest<'decimal'> = {}): Of<'decimal'> =>
  decimal(key, zh, en, { places: 2, min: '0', max: '100', unit: '%', ...rest });
/** Points between 0 and `max`, to two places. */
export const points = (key: string, zh: string, en: string, max: string, rest: Rest<'decimal'> = {}): Of<'decimal'> =>
  decimal(key, zh, en, { places: 2, min: '0', max, required: true, ...rest });
export const date = (key: string, zh: string, en: string, rest: Rest<'date'> = {}): Of<'date'> => ({
  ...named(key, zh, en),
  type: 'date',
  ...rest,
});
export const boolean = (key: string, zh: string, en: string, rest: Rest<'boolean'> = {}): Of<'boolean'> => ({
  ...named(key, zh, en),
  type: 'boolean',
  ...rest,
});
export const files = (key: string, zh: string, en: string, rest: Rest<'files'> = {}): Of<'files'> => ({
  ...named(key, zh, en),
  type: 'files',
  maxFiles: 20,
  ...rest,
});
export const choice = (
  key: string,
  zh: string,
  en: string,
  options: Readonly<Record<string, readonly [zh: string, en: string]>>,
  rest: Omit<Rest<'choice'>, 'options'> = {},
): Of<'choice'> => ({
  ...named(key, zh, en),
  type: 'choice',
  options: Object.entries(options).map(([value, [optionZh, optionEn]]) => ({
    value,
    name: { zh: optionZh, en: optionEn },
  })),
  ...rest,
});
export const table = (
  key: string,
  zh: string,
  en: string,
  columns: Column[],
  rest: Omit<Rest<'table'>, 'columns'> = {},
): Of<'table'> => ({
  ...named(key, zh, en),
  type: 'table',
  maxRows: 50,
  ...(rest.required && { minRows: 1 }),
  columns,
  ...rest,
});

export const says = (zh: string, en: string): Text => ({ zh, en });
