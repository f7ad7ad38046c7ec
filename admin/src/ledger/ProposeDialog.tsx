import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import type { Evidence } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { FileList } from '../form/FileList.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { FileButton } from '../ui/FileButton.tsx';
import { ReasonDialog } from '../ui/ReasonDialog.tsx';
import { type Unit, UnitField } from '../ui/UnitField.tsx';
import { POINTS } from './points.ts';
import { KINDS, type Scheme } from './types.ts';

/** Proposes a bonus, a deduction or a veto for a unit. Somebody else approves it. */
export function ProposeDialog({ cycleId, scheme, onClose }: { cycleId: string; scheme: Scheme; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const [unit, setUnit] = useState<Unit | null>(null);
  const [key, setKey] = useState('');
  const [points, setPoints] = useState('');
  const [period, setPeriod] = useState('');
  const [document, setDocument] = useState('');
  const [files, setFiles] = useState<Evidence[]>([]);
  const item = scheme.items.find((one) => one.key === key);
  const propose = useChange(cycleId, () => {
    notify(t('ledger.proposed'), { type: 'success' });
    onClose();
  });
  const wrongAt = (path: string) => {
    const found = propose.error ? problemOf(propose.error).errors.find((one) => one.path === path) : undefined;
    return found && text(found.message);
  };
  const pointsWrong = points !== '' && !POINTS.test(points) ? t('ledger.pointsBad') : wrongAt('points');
  const needsPoints = item !== undefined && item.kind !== 'veto' && item.points === null;
  const ready =
    unit !== null &&
    item !== undefined &&
    (points === '' ? !needsPoints : POINTS.test(points)) &&
    (!item.stage || period !== '') &&
    (!item.evidence || files.length > 0);
  const select = { select: { native: true }, inputLabel: { shrink: true } };
  return (
    <ReasonDialog
      title={t('ledger.propose')}
      help={t('ledger.proposeHelp')}
      label={t('ledger.why')}
      chosen={ready}
      busy={propose.isPending}
      error={propose.error}
      onClose={onClose}
      onConfirm={(reason) =>
        propose.mutate({
          path: `/cycles/${cycleId}/adjustments`,
          body: {
            orgId: unit?.id,
            item: key,
            reason,
            ...(points && item?.kind !== 'veto' && { points }),
            ...(period && { period }),
            ...(document.trim() && { document: document.trim() }),
            ...(files.length > 0 && { evidence: files.map(({ id }) => id) }),
          },
        })
      }
    >
      <Stack spacing={2} sx={{ my: 1 }}>
        <UnitField
          label={t('office.unit')}
          value={unit}
          cycleId={cycleId}
          required
          onChange={(next) => {
            setUnit(next);
            setFiles([]);
          }}
        />
        <TextField
          select
          required
          label={t('ledger.item')}
          value={key}
          error={wrongAt('item') !== undefined}
          helperText={wrongAt('item') ?? (item?.basis ? text(item.basis) : undefined)}
          onChange={(event) => {
            setKey(event.target.value);
            setPoints('');
          }}
          slotProps={select}
        >
          <option value="" disabled />
          {KINDS.map((kind) => {
            const own = scheme.items.filter((one) => one.kind === kind);
            return own.length === 0 ? null : (
              <optgroup key={kind} label={t(`ledger.kind.${kind}`)}>
                {own.map((one) => (
                  <option key={one.key} value={one.key}>
                    {text(one.name)}
                  </option>
                ))}
              </optgroup>
            );
          })}
        </TextField>
        {item && item.kind !== 'veto' && (
          <TextField
            label={t('ledger.points')}
            required={needsPoints}
            value={points}
            placeholder={item.points ?? ''}
            error={pointsWrong !== undefined}
            helperText={
              pointsWrong ??
              [item.most && t('ledger.mostIs', { most: item.most }), item.cap && t('ledger.capIs', { cap: item.cap })]
                .filter(Boolean)
                .join(' · ')
            }
            onChange={(event) => setPoints(event.target.value.trim())}
            slotProps={{ htmlInput: { inputMode: 'decimal' }, inputLabel: { shrink: true } }}
          />
        )}
        {item?.stage && (
          <TextField
            required
            label={t('ledger.period')}
            value={period}
            error={wrongAt('period') !== undefined}
            helperText={wrongAt('period') ?? t('ledger.periodHelp')}
            onChange={(event) => setPeriod(event.target.value.trim())}
          />
        )}
        <TextField
          label={t('ledger.document')}
          value={document}
          onChange={(event) => setDocument(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 200 } }}
        />
        <Box>
          <FileList files={files} onRemove={(id) => setFiles(files.filter((one) => one.id !== id))} />
          <FileButton
            label={t(item?.evidence ? 'ledger.addFileRequired' : 'ledger.addFile')}
            path={`/cases/${unit?.caseId}/adjustment-files`}
            disabled={!unit?.caseId}
            onSent={(file) => setFiles((was) => [...was, file])}
          />
        </Box>
      </Stack>
    </ReasonDialog>
  );
}
