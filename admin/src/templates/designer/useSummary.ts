import { isJsonObject, type Json, type JsonObject } from '../../../../workflows/json.ts';
import type { When, Who } from '../../../../workflows/template/when.ts';
import { nameOf, valueName } from '../../../../workflows/template/words/index.ts';
import { whenWords, whoWords } from '../../../../workflows/template/words/said.ts';
import type { CycleTemplate, Text } from '../../api/types.ts';
import { useText } from '../../i18n/useT.ts';
import { useDesigning } from './context.ts';

/** An item of a list in a few words. */
export function useSummary(): (value: Json, entry: string) => string {
  const text = useText();
  const { content } = useDesigning();
  return (value, entry) => {
    if (!isJsonObject(value)) return typeof value === 'object' ? '' : String(value);
    const say = (words: Text) => text(words);
    try {
      if (entry === 'escalate') return rung(value, say);
      if (entry === 'who' || entry === 'cc') {
        if (value.kind === 'heads') return say(valueName('kind', 'heads'));
        return say(whoWords(value as unknown as Who, content as unknown as CycleTemplate));
      }
    } catch {
      return '';
    }
    const own = value.name ?? (isJsonObject(value.rule ?? null) ? (value.rule as JsonObject).name : null);
    const name = isJsonObject(own ?? null) ? text(own as unknown as Text) : '';
    const kind =
      typeof value.type === 'string'
        ? say(valueName('type', value.type))
        : typeof value.kind === 'string'
          ? say(valueName('kind', value.kind, [entry]))
          : '';
    const key = [value.key, value.code, value.value, value.if, value.in, value.of, value.field, value.at].find(
      (one) => typeof one === 'string',
    );
    const weight = typeof value.weight === 'string' ? `× ${value.weight}` : '';
    const colour = typeof value.colour === 'string' ? say(valueName('colour', value.colour)) : '';
    return [name || key, kind, colour, weight].filter(Boolean).join(' · ');
  };
}

function rung(value: Record<string, Json>, say: (text: Text) => string): string {
  const more = [
    typeof value.colour === 'string' ? say(valueName('colour', value.colour)) : '',
    typeof value.points === 'string' ? value.points : '',
  ];
  return [`+${value.after}`, say(valueName('do', String(value.do))), ...more].filter(Boolean).join(' ');
}

/** A date in words, as far as it is one. */
export function dateWords(value: Json | undefined): Text | undefined {
  if (!isJsonObject(value ?? null)) return undefined;
  const { date, from } = value as Record<string, Json>;
  if (typeof date === 'string' && /^\d\d-\d\d$/.test(date)) return whenWords(value as unknown as When);
  if (typeof from === 'string') {
    const known = ['opened', 'periodStart', 'periodEnd', 'phaseStart', 'phaseEnd', 'itemStart', 'itemEnd'].includes(
      from,
    );
    return known ? whenWords(value as unknown as When) : nameOf('deadline');
  }
  return undefined;
}
