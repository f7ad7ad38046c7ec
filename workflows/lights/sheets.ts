import type { Colour } from './schema.ts';
import type { Sheet, WarningScheme } from './warnings.ts';

/**
 * The sheet that an order starts with.
 * @param wanted the colour asked for; without it the first of the ladder
 * @throws when the scheme has no such sheet, or the ladder may not be entered there
 */
export function startSheet(scheme: WarningScheme, wanted: Colour | undefined, urgent: boolean): Sheet {
  const first = scheme.sheets[0];
  if (!first) throw new Error('the template has no supervision sheets');
  const sheet = wanted === undefined ? first : scheme.sheets.find(({ colour }) => colour === wanted);
  if (!sheet) throw new Error(`there is no ${wanted} sheet: ${scheme.sheets.map(({ colour }) => colour).join(', ')}`);
  if (sheet !== first && !(urgent && scheme.urgent))
    throw new Error(`orders start ${first.colour}; only urgent ones may start higher`);
  return sheet;
}

/** The sheet that follows when the former lapsed; undefined after the last. */
export function nextSheet(scheme: WarningScheme, colour: Colour): Sheet | undefined {
  const at = scheme.sheets.findIndex((sheet) => sheet.colour === colour);
  return at < 0 ? undefined : scheme.sheets[at + 1];
}
