import { isNamedValue, nameOf, valueName } from '../../../../../workflows/template/words/index.ts';
import { useT, useText } from '../../../i18n/useT.ts';

/** What the options of a union are called: words by themselves, objects by their kind or their first entry. */
export function useOptionName(entry: string, around: readonly (string | undefined)[]): (id: string) => string {
  const text = useText();
  const t = useT();
  return (id) => {
    if (id.startsWith('=')) return text(valueName(entry, id.slice(1), around));
    if (id === 'string') return t('designer.plain');
    if (id === 'list') return t('designer.oneByOne');
    if (id === 'record') return text(nameOf('category'));
    return isNamedValue('kind', id)
      ? text(valueName('kind', id, [entry]))
      : isNamedValue('type', id)
        ? text(valueName('type', id))
        : text(nameOf(id, [entry]));
  };
}
