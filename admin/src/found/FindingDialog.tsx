import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useChange } from '../cycles/useChange.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Choice } from '../ui/Choice.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { type Unit, UnitField } from '../ui/UnitField.tsx';
import { SEVERITIES, type Severity } from './types.ts';

interface Props {
  cycleId: string;
  title: string;
  /** Where the finding is entered. */
  path: string;
  /** Which cycle is said with it, where the path does not. */
  inCycle?: boolean;
  /** Which unit it is about is asked for. */
  askUnit?: boolean;
  /** Words that are there already. */
  what?: string;
  onClose: () => void;
}

/** Puts on record what fell short: how bad it is, what it is, what is advised. It is then rectified with the unit's plan. */
export function FindingDialog({ cycleId, title, path, inCycle = false, askUnit = false, what = '', onClose }: Props) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [unit, setUnit] = useState<Unit | null>(null);
  const [severity, setSeverity] = useState<Severity>('minor');
  const [words, setWords] = useState(what);
  const [code, setCode] = useState('');
  const record = useChange(cycleId, () => {
    notify(t('found.recorded'), { type: 'success' });
    onClose();
  });
  const wrong = record.error ? problemOf(record.error).errors.find((one) => one.path === 'indicator') : undefined;
  return (
    <ReasonDialog
      title={title}
      help={t('found.findingHelp')}
      label={t('found.advice')}
      optional
      chosen={words.trim() !== '' && (!askUnit || unit !== null)}
      busy={record.isPending}
      error={record.error}
      onClose={onClose}
      onConfirm={(advice) =>
        record.mutate({
          path,
          body: {
            severity,
            what: words.trim(),
            ...(inCycle && { cycleId }),
            ...(askUnit && { orgId: unit?.id }),
            ...(code.trim() && { indicator: code.trim() }),
            ...(advice && { advice }),
          },
        })
      }
    >
      <Stack spacing={2} sx={{ my: 1 }}>
        {askUnit && <UnitField label={t('office.unit')} value={unit} cycleId={cycleId} required onChange={setUnit} />}
        <Choice
          id="severity"
          label={t('found.severityOf')}
          value={severity}
          options={SEVERITIES.map((value) => ({ value, name: t(`found.severity.${value}`) }))}
          onChange={(next) => setSeverity(next as Severity)}
        />
        <TextField
          required
          multiline
          minRows={2}
          label={t('found.what')}
          value={words}
          onChange={(event) => setWords(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 2000 } }}
        />
        <TextField
          label={t('found.indicatorCode')}
          value={code}
          error={wrong !== undefined}
          helperText={wrong ? text(wrong.message) : t('found.indicatorHelp')}
          onChange={(event) => setCode(event.target.value)}
        />
      </Stack>
    </ReasonDialog>
  );
}
