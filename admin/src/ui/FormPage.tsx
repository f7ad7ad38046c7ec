import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import { Form, ResourceContextProvider, useNotify } from 'ra-core';
import { type ReactNode, useState } from 'react';
import { useFormState } from 'react-hook-form';
import { useNavigate } from 'react-router-dom';
import { problemOf } from '../api/problem.ts';
import { useT } from '../i18n/useT.ts';
import { Page } from './Page.tsx';
import { ProblemAlert } from './ProblemAlert.tsx';

interface Props {
  resource: string;
  title: string;
  over?: string;
  back: string;
  initial: object;
  /** Saves and says where to go then. */
  onSave: (values: Record<string, unknown>) => Promise<string>;
  children: ReactNode;
}

/** A record's form: saved and confirmed before anything changes on the screen; errors stand at their fields. */
export function FormPage({ resource, title, over, back, initial, onSave, children }: Props) {
  const notify = useNotify();
  const navigate = useNavigate();
  const [failure, setFailure] = useState<unknown>();

  const save = async (values: Record<string, unknown>) => {
    setFailure(undefined);
    try {
      const to = await onSave(values);
      notify('ra.notification.updated', { type: 'success', messageArgs: { smart_count: 1 } });
      navigate(to);
      return undefined;
    } catch (error) {
      setFailure(error);
      return problemOf(error).errors.length
        ? (error as { body: { errors: Record<string, string> } }).body.errors
        : undefined;
    }
  };

  return (
    <ResourceContextProvider value={resource}>
      <Page title={title} over={over} back={back} width={760}>
        <Form defaultValues={initial} onSubmit={save as never} sanitizeEmptyValues={false}>
          <Paper variant="outlined" sx={{ p: { xs: 2, sm: 3 } }}>
            {failure !== undefined && <ProblemAlert error={failure} />}
            <Stack spacing={1} sx={{ mt: failure ? 2 : 0, '& .MuiFormHelperText-root': { mb: 1 } }}>
              {children}
            </Stack>
            <SaveBar onCancel={() => navigate(back)} />
          </Paper>
        </Form>
      </Page>
    </ResourceContextProvider>
  );
}

function SaveBar({ onCancel }: { onCancel: () => void }) {
  const t = useT();
  const { isSubmitting } = useFormState();
  return (
    <Stack direction="row" spacing={1} sx={{ justifyContent: 'flex-end', mt: 2 }}>
      <Button onClick={onCancel}>{t('common.cancel')}</Button>
      <Button type="submit" variant="contained" disabled={isSubmitting}>
        {t('common.save')}
      </Button>
    </Stack>
  );
}
