import { useT } from '../i18n/useT.ts';
import type { Flaw } from './entries.ts';

/** What is wrong with a cell, in words. */
export function useFlawWords(): (flaw: Flaw) => string {
  const t = useT();
  return (flaw) => t(`unit.${flaw.kind}`, { ...flaw });
}
