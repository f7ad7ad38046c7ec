import type { Incident } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';

/** Says why a case does not go on: in words where nobody was found to act, else what the failure said, with the step. */
export const useCause = () => {
  const t = useT();
  const text = useText();
  return ({ kind, cause, step }: Incident): string => {
    if (!step) return cause;
    return kind === 'vacancy' ? t('incidents.vacant', { step: text(step) }) : `${text(step)}: ${cause}`;
  };
};
