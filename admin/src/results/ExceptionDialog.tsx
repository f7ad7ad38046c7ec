import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useT, useText } from '../i18n/useT.ts';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import type { Results } from './api.ts';
import { DocumentField } from './DocumentField.tsx';

interface Props {
  results: Results;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onConfirm: (body: { orgId: string; grade: string; reason: string; document: string }) => void;
}

/** Decides a unit's grade otherwise than the rule gives it. */
export function ExceptionDialog({ results, onConfirm, ...dialog }: Props) {
  const t = useT();
  const text = useText();
  const [orgId, setOrgId] = useState('');
  const [grade, setGrade] = useState('');
  const [document, setDocument] = useState('');
  const graded = results.items.filter((item) => item.grade !== null || item.computedGrade !== null);
  const select = { select: { native: true }, inputLabel: { shrink: true } };
  return (
    <ReasonDialog
      {...dialog}
      title={t('results.except')}
      help={t('results.exceptHelp')}
      label={t('results.reason')}
      chosen={orgId !== '' && grade !== '' && document.trim() !== ''}
      onConfirm={(reason) => onConfirm({ orgId, grade, reason, document: document.trim() })}
    >
      <Stack spacing={2} sx={{ mb: 2 }}>
        <TextField
          select
          required
          label={t('cycles.org')}
          value={orgId}
          onChange={(event) => setOrgId(event.target.value)}
          slotProps={select}
        >
          <option value="" disabled />
          {graded.map(({ org }) => (
            <option key={org.id} value={org.id}>
              {org.name}
            </option>
          ))}
        </TextField>
        <TextField
          select
          required
          label={t('results.grade')}
          value={grade}
          onChange={(event) => setGrade(event.target.value)}
          slotProps={select}
        >
          <option value="" disabled />
          {results.grades.map(({ key, name }) => (
            <option key={key} value={key}>
              {text(name)}
            </option>
          ))}
        </TextField>
        <DocumentField value={document} onChange={setDocument} />
      </Stack>
    </ReasonDialog>
  );
}
