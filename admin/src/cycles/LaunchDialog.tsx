import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { call } from '../api/http.ts';
import { makeKey } from '../api/key.ts';
import { problemOf } from '../api/problem.ts';
import { queryClient } from '../api/queryClient.ts';
import type { Cycle, LaunchCheck } from '../api/types.ts';
import { cityDay } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { fetchPublished } from '../templates/published.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** Starts a cycle: which template, which year, what it is called, who takes part. */
export function LaunchDialog({
  template: given,
  onClose,
}: {
  template?: { key: string; version: number };
  onClose: () => void;
}) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const navigate = useNavigate();
  const key = useRef(makeKey());
  const { data: templates } = useQuery({
    queryKey: ['templates', 'published'],
    queryFn: fetchPublished,
  });
  const [chosen, setChosen] = useState(given?.key);
  const [year, setYear] = useState(cityDay(new Date()).slice(0, 4));
  const [typedName, setTypedName] = useState<string>();
  const template = templates?.find((row) => row.key === chosen) ?? templates?.[0];
  const name = typedName ?? (template ? t('cycles.dialog.defaultName', { year, template: text(template.name) }) : '');
  const yearBad = !/^\d{4}$/.test(year);

  const version = given?.version ?? template?.version;
  const { data: checked } = useQuery({
    queryKey: ['cycles', 'check', template?.key, version, year],
    queryFn: () =>
      call<LaunchCheck>('/cycles/check', {
        method: 'POST',
        body: { templateKey: template?.key, version, year: Number(year), participants: 'all' },
      }),
    enabled: template !== undefined && !yearBad,
    retry: false,
  });

  const launch = useMutation({
    mutationFn: () =>
      call<Cycle>('/cycles', {
        method: 'POST',
        key: key.current,
        body: {
          templateKey: template?.key,
          version,
          year: Number(year),
          name: name.trim(),
          participants: 'all',
        },
      }),
    onSuccess: async (cycle) => {
      await queryClient.invalidateQueries({ queryKey: ['cycles'] });
      notify(t('cycles.dialog.launched'), { type: 'success' });
      navigate(`/cycles/${cycle.id}`);
    },
    onError: (error) => {
      if (problemOf(error).status !== 0) key.current = makeKey();
    },
  });

  return (
    <Dialog open onClose={launch.isPending ? () => {} : onClose} fullWidth maxWidth="sm" aria-labelledby="launch-title">
      <DialogTitle id="launch-title" sx={{ pb: 0.5 }}>
        {t('cycles.dialog.title')}
      </DialogTitle>
      <DialogContent>
        <Typography variant="body2" color="text.secondary" sx={{ mb: 2 }}>
          {t('cycles.dialog.help')}
        </Typography>
        {templates?.length === 0 && <Alert severity="info">{t('cycles.dialog.noTemplate')}</Alert>}
        {launch.isError && <ProblemAlert error={launch.error} />}
        <Stack spacing={2} sx={{ pt: 1 }}>
          <TextField
            select
            label={t('cycles.dialog.template')}
            value={template?.key ?? ''}
            onChange={(event) => setChosen(event.target.value)}
            disabled={given !== undefined}
          >
            {(templates ?? []).map((row) => (
              <MenuItem key={row.key} value={row.key}>
                {text(row.name)} · v{row.version}
              </MenuItem>
            ))}
          </TextField>
          <TextField
            label={t('cycles.dialog.year')}
            value={year}
            onChange={(event) => setYear(event.target.value.normalize('NFKC').trim())}
            error={yearBad}
            helperText={yearBad ? t('cycles.dialog.yearBad') : t('fieldHelp.cycle.year')}
            slotProps={{ htmlInput: { inputMode: 'numeric', maxLength: 4 } }}
            sx={{ '& .MuiInputBase-root': { width: 140 } }}
          />
          <TextField
            label={t('cycles.dialog.name')}
            value={name}
            onChange={(event) => setTypedName(event.target.value)}
            error={template !== undefined && !name.trim()}
            helperText={template && !name.trim() ? t('cycles.dialog.nameMissing') : t('fieldHelp.cycle.name')}
          />
          <TextField
            label={t('cycles.dialog.participants')}
            value={t('cycles.dialog.all')}
            helperText={t('fieldHelp.cycle.participants')}
            slotProps={{ input: { readOnly: true } }}
          />
          {checked?.thinGroups.map(({ group, name: assessors, layer, most, minVotes, units }) => (
            <Alert severity="warning" key={`${group}/${layer?.key ?? ''}`}>
              {t('cycles.dialog.thin', {
                name: layer ? `${text(assessors)} · ${text(layer.name)}` : text(assessors),
                most,
                least: minVotes,
                units,
              })}
            </Alert>
          ))}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={launch.isPending}>
          {t('common.cancel')}
        </Button>
        <Button
          variant="contained"
          disabled={!template || yearBad || !name.trim() || launch.isPending}
          onClick={() => launch.mutate()}
        >
          {t(launch.isPending ? 'cycles.dialog.launching' : 'cycles.launch')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
