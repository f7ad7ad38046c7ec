import { useT } from '../i18n/useT.ts';
import { Tag, type Tone } from '../ui/Tag.tsx';
import type { BallotSheetRow } from './types.ts';

const TONES: Record<BallotSheetRow['state'], Tone> = {
  open: 'soon',
  submitted: 'done',
  recused: 'plain',
  excluded: 'plain',
};

/** How far a sheet is, in a word. */
export function SheetTag({ state }: { state: BallotSheetRow['state'] }) {
  const t = useT();
  return <Tag tone={TONES[state]}>{t(`ballots.states.${state}`)}</Tag>;
}
