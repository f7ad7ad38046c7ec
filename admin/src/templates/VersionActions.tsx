import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import { queryClient } from '../api/queryClient.ts';
import type { TemplateVersion } from '../api/types.ts';
import { LaunchDialog } from '../cycles/LaunchDialog.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

/** What may be done with a version: publish a draft, make a new draft from it, launch a cycle with it. */
export function VersionActions({
  template,
  onBefore,
}: {
  template: TemplateVersion;
  /** Has what is being edited saved, before something is done with it. */
  onBefore: () => Promise<void>;
}) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<'publish' | 'launch'>();
  const { key, version, can } = template;
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['templates'] });

  const publish = useMutation({
    mutationFn: async () => {
      await onBefore();
      return call(`/templates/${key}/versions/${version}/publish`, { method: 'POST' });
    },
    onSuccess: async () => {
      setDialog(undefined);
      await refresh();
      notify(t('templates.published'), { type: 'success' });
    },
  });
  const copy = useMutation({
    mutationFn: () => call<TemplateVersion>('/templates', { method: 'POST', body: { content: template.content } }),
    onSuccess: async (made) => {
      await refresh();
      notify(t('templates.created'), { type: 'success' });
      navigate(`/templates/${made.key}/versions/${made.version}`);
    },
    onError: (error) => notify(text(problemOf(error).title), { type: 'error' }),
  });

  return (
    <>
      {can.includes('newVersion') && (
        <Button variant="outlined" disabled={copy.isPending} onClick={() => copy.mutate()}>
          {t('templates.newVersion')}
        </Button>
      )}
      {can.includes('publish') && (
        <Button variant="contained" onClick={() => setDialog('publish')}>
          {t('templates.publish')}
        </Button>
      )}
      {can.includes('launch') && (
        <Button variant="contained" onClick={() => setDialog('launch')}>
          {t('templates.launch')}
        </Button>
      )}
      {dialog === 'launch' && <LaunchDialog template={{ key, version }} onClose={() => setDialog(undefined)} />}
      <Dialog
        open={dialog === 'publish'}
        onClose={() => setDialog(undefined)}
        fullWidth
        maxWidth="sm"
        aria-labelledby="publish-title"
      >
        <DialogTitle id="publish-title">{t('templates.publishTitle', { version })}</DialogTitle>
        <DialogContent>
          <Typography sx={{ mb: publish.isError ? 2 : 0 }}>{t('templates.publishHelp')}</Typography>
          {publish.isError && <ProblemAlert error={publish.error} />}
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setDialog(undefined)}>{t('common.cancel')}</Button>
          <Button variant="contained" disabled={publish.isPending} onClick={() => publish.mutate()}>
            {t('templates.publish')}
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
