import type { Language } from '../../workflows/text.ts';
import { definitions, type SettingDefinition } from './definitions.ts';
import { fileVariable } from './settings.ts';

const heads = {
  zh: ['变量', '缺省', '取值', '说明'],
  en: ['variable', 'default', 'value', 'meaning'],
} as const;

/** The documentation's table of settings, as Markdown. */
export const settingsTable = (language: Language): string => {
  const rows = Object.values<SettingDefinition>(definitions).map((definition) => [
    [definition.name, fileVariable(definition)]
      .filter(Boolean)
      .map((name) => `\`${name}\``)
      .join('<br>'),
    definition.default === undefined ? '' : `\`${definition.default}\``,
    definition.expects[language],
    definition.text[language],
  ]);
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads[language]), line(heads[language].map(() => '---')), ...rows.map(line)].join('\n');
};
