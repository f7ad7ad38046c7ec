import type { Json, JsonObject } from '../../json.ts';
import type { Text } from '../../text.ts';
import { PHASES } from '../schema.ts';

interface Names {
  key: string;
  name: Text;
}

/** A template to begin with: five empty phases, the usual roles, and the categories that the city's units have. */
export const blankTemplate = (
  { key, name }: Names,
  categories: readonly { key: string; name: Text }[],
): JsonObject => ({
  key,
  version: 1,
  name: { ...name },
  period: { kind: 'year' },
  roles: {
    performanceOffice: { name: { zh: '市绩效办', en: 'Performance office' }, scope: 'city' },
    committee: { name: { zh: '市绩效管理委员会', en: 'Performance committee' }, scope: 'city' },
    staff: { name: { zh: '绩效联络员', en: 'Staff for performance' }, scope: 'unit' },
    monitor: { name: { zh: '监测单位经办人', en: 'Monitor' }, scope: 'unit' },
  },
  categories: Object.fromEntries(
    (categories.length > 0 ? categories : [{ key: 'all', name: { zh: '参评单位', en: 'Units' } }]).map((one) => [
      one.key,
      { name: { ...one.name }, ranked: true },
    ]),
  ),
  phases: Object.fromEntries(PHASES.map((phase) => [phase, { blocks: [] }])),
});

/** The same template under another key and name. */
export const copyOf = (content: JsonObject, { key, name }: Names): JsonObject => ({
  ...content,
  key,
  version: 1,
  name: { ...name },
});

/** Whether something from a file is a template as far as the designer can show it. */
export function looksLikeTemplate(content: Json): content is JsonObject {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return false;
  const { key, name, phases } = content;
  const isObject = (value: Json | undefined) => typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof key === 'string' && isObject(name) && isObject(phases);
}
