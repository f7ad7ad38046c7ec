import { modelOf } from '../model.ts';
import { cycleTemplateSchema } from '../schema.ts';
import type { Finding } from './finding.ts';
import { findingsOf } from './issues.ts';
import { rawFindings } from './raw.ts';
import { rules } from './rules/index.ts';

export type { Finding } from './finding.ts';

/**
 * Everything that is wrong in a template. First what the schema refuses; of what has the right shape, all that a machine
 * would accept silently and that then can never work: see `rules/`.
 *
 * @param content a template as data, from anywhere; never throws
 * @returns errors and warnings in reading order; no error means that it may be published
 */
export function lintTemplate(content: unknown): Finding[] {
  const raw = rawFindings(content);
  if (raw.some((finding) => finding.id === 'template.size')) return raw;
  const parsed = cycleTemplateSchema.safeParse(content, { reportInput: false });
  if (!parsed.success) return distinct([...raw, ...findingsOf(parsed.error.issues)]);
  const model = modelOf(parsed.data);
  return distinct([...raw, ...rules.flatMap((rule) => rule(model))]);
}

/** Whether a template may be published. */
export const isGreen = (findings: readonly Finding[]): boolean =>
  findings.every((finding) => finding.severity !== 'error');

const distinct = (findings: Finding[]): Finding[] => {
  const seen = new Set<string>();
  return findings.filter(({ id, path }) => {
    const key = `${id} ${path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};
