import type { z } from 'zod';
import type { Text } from '../../workflows/text.ts';

/** One setting: an environment variable, how it is checked, and what the documentation says about it. */
export interface SettingDefinition<Value = unknown> {
  /** The environment variable. */
  name: string;
  schema: z.ZodType<Value, string>;
  /** Used when the variable is unset or empty; without one the setting is absent. */
  default?: string;
  /** What it does. */
  text: Text;
  /** What a valid value looks like. */
  expects: Text;
  /** Its value is never printed. */
  secret?: boolean;
  /** Variables without which this one says nothing. */
  needs?: readonly string[];
}

/** Declares a setting and keeps whether it has a default. */
export const define = <Value, const Default extends { default?: string }>(
  definition: SettingDefinition<Value> & Default,
): SettingDefinition<Value> & Default => definition;

export const number = (min: number, max: number): Text => ({
  zh: `${min} 到 ${max} 的整数`,
  en: `a whole number from ${min} to ${max}`,
});
export const yesNo: Text = { zh: 'true 或 false', en: 'true or false' };
