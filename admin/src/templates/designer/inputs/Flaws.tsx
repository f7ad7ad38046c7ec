import FormHelperText from '@mui/material/FormHelperText';
import type { Finding } from '../../../api/types.ts';
import { useText } from '../../../i18n/useT.ts';

/** What the linter says of the very place of an input. */
export function Flaws({ findings }: { findings: readonly Finding[] }) {
  const text = useText();
  return findings.map((finding) => (
    <FormHelperText key={finding.id} error={finding.severity === 'error'}>
      {text(finding.reason)} {text(finding.hint)}
    </FormHelperText>
  ));
}

/** The line under an input: what is wrong, else what it is good for. */
export function useUnder(
  findings: readonly Finding[],
  help: string,
): { error: boolean; helperText: string | undefined } {
  const text = useText();
  const first = findings[0];
  if (!first) return { error: false, helperText: help || undefined };
  return { error: first.severity === 'error', helperText: `${text(first.reason)} ${text(first.hint)}` };
}
