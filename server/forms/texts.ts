import { periodOf } from '../../workflows/indicators/period.ts';
import { plainText } from '../../workflows/report/plain.ts';
import type { HumanBlock } from '../../workflows/template/block.ts';
import { DEFAULT_LENGTH } from '../../workflows/template/form/value.ts';
import type { Language } from '../../workflows/text.ts';
import { type Reader, readReport } from '../reports/read.ts';
import type { FormCase } from './given.ts';

/**
 * The texts that a form begins with: in the case of a unit its own report, in the cycle's the one of all units; inside a repeat over
 * months or quarters to the end of that period.
 */
export async function givenTexts(
  reader: Omit<Reader, 'me'>,
  { cycleId, orgId, definition: { template }, context }: FormCase,
  block: HumanBlock,
  language: Language,
): Promise<Record<string, string>> {
  const fields = (block.fields ?? []).flatMap((field) =>
    field.type === 'longText' && field.source === 'report' ? [field] : [],
  );
  if (fields.length === 0 || cycleId === null) return {};
  const key = context.live[block.key]?.item?.key;
  const period = key === undefined ? undefined : periodOf(key)?.key;
  const asked = { ...(period !== undefined && { period }), ...(orgId !== null && { org: orgId }) };
  const { report } = await readReport({ ...reader, me: null }, { cycleId, template }, asked);
  return Object.fromEntries(
    fields.map(({ key: field, maxLength = DEFAULT_LENGTH.longText }) => [
      field,
      plainText(report, language, maxLength),
    ]),
  );
}
