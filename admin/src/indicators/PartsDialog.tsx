import Add from '@mui/icons-material/AddOutlined';
import Close from '@mui/icons-material/CloseOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useT, useText } from '../i18n/useT.ts';
import { useUnitsBelow } from '../orgs/unitsBelow.ts';
import { Choice } from '../ui/Choice.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useChange } from '../unit/useChange.ts';
import type { IndicatorDetail } from './types.ts';

const ROLL_UPS = ['sum', 'mean', 'weighted'] as const;
type RollUp = (typeof ROLL_UPS)[number];

interface Part {
  orgId: string;
  target: string;
  weight: string;
}

const NONE: Part = { orgId: '', target: '', weight: '' };

/** Gives parts of an indicator to the units below: each with its target, and how they make up the whole. */
export function PartsDialog({ indicator, onClose }: { indicator: IndicatorDetail; onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const below = useUnitsBelow(indicator.org.id);
  const [rollUp, setRollUp] = useState<RollUp>('sum');
  const [parts, setParts] = useState<Part[]>([NONE]);
  const [asked, setAsked] = useState(false);
  const giving = useChange(() => {
    notify(t('unit.partsGiven'), { type: 'success' });
    onClose();
  });
  const problem = giving.error ? problemOf(giving.error) : undefined;
  const chosen = parts.filter(({ orgId }) => orgId);
  const wrongAt = (at: number, key: keyof Part) => {
    const error = problem?.errors.find(({ path }) => path === `parts[${chosen.indexOf(parts[at] as Part)}].${key}`);
    return error && text(error.message);
  };
  const placed = problem?.errors.every(({ path }) => /^parts\[\d+\]/.test(path)) && problem.errors.length > 0;
  const change = (at: number, next: Partial<Part>) =>
    setParts((now) => now.map((part, i) => (i === at ? { ...part, ...next } : part)));
  const submit = () => {
    setAsked(true);
    if (chosen.length === 0) return;
    giving.mutate({
      path: `/assigned-indicators/${indicator.id}/parts`,
      body: {
        rollUp,
        parts: chosen.map(({ orgId, target, weight }) => ({
          orgId,
          ...(target.trim() && { target: target.trim() }),
          ...(rollUp === 'weighted' && weight.trim() && { weight: weight.trim() }),
        })),
      },
    });
  };
  const units = below.data?.filter(({ active }) => active) ?? [];
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="parts-title">
      <DialogTitle id="parts-title">{t('unit.addParts')}</DialogTitle>
      <DialogContent>
        <Stack spacing={2}>
          <Typography variant="body2" color="text.secondary">
            {t('unit.partsHelp')}
          </Typography>
          {giving.error && !placed ? <ProblemAlert error={giving.error} /> : null}
          {below.isError && <ProblemAlert error={below.error} onRetry={() => void below.refetch()} />}
          {below.isPending && <Skeleton variant="rounded" height={120} aria-busy />}
          {below.data && units.length === 0 && <Typography>{t('unit.noUnitsBelow')}</Typography>}
          {units.length > 0 && (
            <>
              <Choice
                id="roll-up"
                label={t('unit.rollUp')}
                options={ROLL_UPS.map((value) => ({ value, name: t(`unit.rollUpOf.${value}`) }))}
                value={rollUp}
                onChange={(value) => setRollUp(value as RollUp)}
              />
              {parts.map((part, at) => (
                <Box
                  // biome-ignore lint/suspicious/noArrayIndexKey: a row has no name until its unit is chosen
                  key={at}
                  sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', flexWrap: { xs: 'wrap', sm: 'nowrap' } }}
                >
                  <TextField
                    select
                    fullWidth
                    label={t('unit.partOf')}
                    value={part.orgId}
                    error={wrongAt(at, 'orgId') !== undefined || (asked && chosen.length === 0)}
                    helperText={wrongAt(at, 'orgId') ?? (asked && chosen.length === 0 ? t('unit.partNone') : undefined)}
                    onChange={(event) => change(at, { orgId: event.target.value })}
                    slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
                  >
                    <option value="" />
                    {units.map(({ id, name }) => (
                      <option
                        key={id}
                        value={id}
                        disabled={id !== part.orgId && chosen.some((one) => one.orgId === id)}
                      >
                        {name}
                      </option>
                    ))}
                  </TextField>
                  {(['target', ...(rollUp === 'weighted' ? (['weight'] as const) : [])] as const).map((key) => (
                    <TextField
                      key={key}
                      label={t(key === 'target' ? 'unit.partTarget' : 'unit.partWeight')}
                      value={part[key]}
                      error={wrongAt(at, key) !== undefined}
                      helperText={wrongAt(at, key)}
                      onChange={(event) => change(at, { [key]: event.target.value })}
                      slotProps={{ htmlInput: { inputMode: 'decimal' } }}
                      sx={{ width: 130, flex: 'none' }}
                    />
                  ))}
                  {parts.length > 1 && (
                    <IconButton
                      aria-label={t('unit.removePart', { row: at + 1 })}
                      onClick={() => setParts((now) => now.filter((_, i) => i !== at))}
                    >
                      <Close fontSize="small" />
                    </IconButton>
                  )}
                </Box>
              ))}
              {parts.length < units.length && (
                <Button
                  size="small"
                  startIcon={<Add />}
                  onClick={() => setParts((now) => [...now, NONE])}
                  sx={{ alignSelf: 'flex-start' }}
                >
                  {t('unit.addPart')}
                </Button>
              )}
            </>
          )}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="contained" disabled={giving.isPending || units.length === 0} onClick={submit}>
          {t('unit.addParts')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
