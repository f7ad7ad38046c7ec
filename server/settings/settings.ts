import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { definitions, type SettingDefinition } from './definitions.ts';
import { makeSettingsError, type SettingFault } from './error.ts';
import { nearestName } from './nearest.ts';

type Definitions = typeof definitions;
type ValueOf<D> = D extends { schema: z.ZodType<infer Value, string> } ? Value : never;
type Read = {
  [Key in keyof Definitions]: Definitions[Key] extends { default: string }
    ? ValueOf<Definitions[Key]>
    : ValueOf<Definitions[Key]> | undefined;
};

/** The checked settings of this process. `data` is an absolute path. */
export type Settings = Omit<Read, 'secureCookies'> & { secureCookies: boolean; warnings: string[] };

/**
 * Reads the settings from an environment and checks every one. A secret may stand in a file that `<NAME>_FILE` names.
 * Throws ONE error that names each wrong variable, its value and what to do, in Chinese and English.
 *
 * @example readSettings({ PORT: '8080' }).port // 8080
 */
export const readSettings = (env: Record<string, string | undefined> = process.env): Settings => {
  const faults: SettingFault[] = [];
  const read = Object.fromEntries(
    Object.entries(definitions).map(([key, definition]) => [key, readOne(definition, env, faults)]),
  ) as unknown as Read;
  faults.push(...findLacks(read));
  if (faults.length > 0) throw makeSettingsError(faults);
  return {
    ...read,
    data: resolve(read.data),
    secureCookies: read.secureCookies ?? (read.url?.startsWith('https:') || read.tlsCert !== undefined),
    warnings: unknownVariables(env),
  };
};

/** Settings that say nothing without others that are missing. */
const findLacks = (read: Read): SettingFault[] => {
  const entries = Object.entries<SettingDefinition>(definitions);
  const given = new Set(entries.filter(([key]) => read[key as keyof Read] !== undefined).map(([, { name }]) => name));
  return entries.flatMap(([, definition]) => {
    const lacks = given.has(definition.name) ? (definition.needs ?? []).filter((name) => !given.has(name)) : [];
    return lacks.length > 0 ? [{ definition, value: '', lacks }] : [];
  });
};

const readOne = (
  definition: SettingDefinition,
  env: Record<string, string | undefined>,
  faults: SettingFault[],
): unknown => {
  const given = env[definition.name]?.trim() || readSecretFile(definition, env, faults);
  const value = given || definition.default;
  if (value === undefined) return undefined;
  const result = definition.schema.safeParse(value);
  if (result.success) return result.data;
  faults.push({ definition, value });
  return undefined;
};

/** The variable that names the file in which a secret stands, as orchestrators hand secrets over. */
export const fileVariable = ({ name, secret }: SettingDefinition): string | undefined =>
  secret ? `${name}_FILE` : undefined;

const readSecretFile = (
  definition: SettingDefinition,
  env: Record<string, string | undefined>,
  faults: SettingFault[],
): string | undefined => {
  const path = env[fileVariable(definition) ?? '']?.trim();
  if (!path) return undefined;
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    faults.push({ definition, value: path, unreadable: (error as NodeJS.ErrnoException).code ?? String(error) });
    return undefined;
  }
};

const unknownVariables = (env: Record<string, string | undefined>): string[] => {
  const known = Object.values<SettingDefinition>(definitions).flatMap((definition) => [
    definition.name,
    ...[fileVariable(definition) ?? []].flat(),
  ]);
  return Object.keys(env)
    .filter((name) => name.startsWith('BIHUAN_') && !known.includes(name))
    .map((name) => {
      const near = nearestName(name, known);
      return near
        ? `未知设置 ${name}，是否应为 ${near}？ / unknown setting ${name}, did you mean ${near}?`
        : `未知设置 ${name} / unknown setting ${name}`;
    });
};
