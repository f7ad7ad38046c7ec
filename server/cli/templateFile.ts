import { readFile, stat } from 'node:fs/promises';
import { library } from '../../workflows/library/index.ts';
import { isGreen, lintTemplate } from '../../workflows/template/lint/index.ts';
import { type CycleTemplate, cycleTemplateSchema } from '../../workflows/template/schema.ts';
import { decodeUtf8, parseStrictJson } from '../http/json.ts';
import { problem } from '../http/problem.ts';

const MAX_BYTES = 5_000_000;

/** What a template argument names: the key of a shipped template, or a JSON file. Not yet checked. */
export const readTemplate = async (name: string): Promise<unknown> => {
  if (Object.hasOwn(library, name)) return library[name];
  const found = await stat(name).catch(() => undefined);
  if (!found?.isFile()) throw problem('template.unknown', { template: name, known: Object.keys(library) });
  if (found.size > MAX_BYTES) throw problem('body.tooLarge', { limit: MAX_BYTES });
  return parseStrictJson(decodeUtf8(await readFile(name)));
};

/** The same, of a template without errors. @throws `template.red` with what is wrong */
export const readGreenTemplate = async (name: string): Promise<CycleTemplate> => {
  const content = await readTemplate(name);
  const findings = lintTemplate(content);
  if (isGreen(findings)) return cycleTemplateSchema.parse(content);
  const errors = findings
    .filter((finding) => finding.severity === 'error')
    .map(({ path, reason }) => ({ path, message: reason }));
  throw problem('template.red', { errors });
};
