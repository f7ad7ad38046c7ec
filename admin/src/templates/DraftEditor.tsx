import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useMemo, useRef, useState } from 'react';
import { PUBLISHED, withRules } from '../../../workflows/library/rules.ts';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import { queryClient } from '../api/queryClient.ts';
import type { TemplateVersion } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Findings } from './Findings.tsx';
import { JsonEditor, type JsonEditorHandle } from './JsonEditor.tsx';
import { locate, syntaxFlaw } from './locate.ts';
import { useLint } from './useLint.ts';

const print = (content: unknown) => JSON.stringify(content, null, 2);

/** A draft as text, checked while it is written, saved only on the version that was read. */
export function DraftEditor({ template }: { template: TemplateVersion }) {
  const t = useT();
  const words = useText();
  const notify = useNotify();
  const editor = useRef<JsonEditorHandle>(null);
  const [base, setBase] = useState({ text: print(template.content), revision: template.revision });
  const [text, setText] = useState(base.text);
  const flaw = useMemo(() => syntaxFlaw(text), [text]);
  const { findings, busy } = useLint(text, flaw === undefined);
  const dirty = text !== base.text;
  const key = ['templates', template.key, template.version];

  const save = useMutation({
    mutationFn: () =>
      call<TemplateVersion>(`/templates/${template.key}/versions/${template.version}`, {
        method: 'PUT',
        ifMatch: base.revision,
        body: { content: JSON.parse(text) },
      }),
    onSuccess: (saved) => {
      queryClient.setQueryData(key, saved);
      setBase({ text, revision: saved.revision });
      notify(t('templates.saved'), { type: 'success' });
    },
  });
  const reload = async () => {
    const fresh = await call<TemplateVersion>(`/templates/${template.key}/versions/${template.version}`);
    queryClient.setQueryData(key, fresh);
    setBase({ text: print(fresh.content), revision: fresh.revision });
    setText(print(fresh.content));
    save.reset();
  };

  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { lg: 'minmax(0, 1fr) 360px' }, alignItems: 'start' }}>
      <Stack spacing={1.5} sx={{ minWidth: 0 }}>
        {save.isError && (
          <>
            <ProblemAlert error={save.error} />
            {problemOf(save.error).status === 412 && (
              <Button onClick={() => void reload()} sx={{ alignSelf: 'flex-start' }}>
                {t('templates.reload')}
              </Button>
            )}
          </>
        )}
        <TextField
          select
          size="small"
          label={t('templates.rules')}
          value=""
          disabled={flaw !== undefined}
          onChange={(event) => setText(print(withRules(JSON.parse(text), [event.target.value])))}
          sx={{ alignSelf: 'flex-start', minWidth: 260 }}
        >
          {PUBLISHED.map(({ key: rule, name, says }) => (
            <MenuItem key={rule} value={rule} sx={{ display: 'block', maxWidth: 480, whiteSpace: 'normal' }}>
              {words(name)}
              <Typography variant="body2" color="text.secondary">
                {words(says)}
              </Typography>
            </MenuItem>
          ))}
        </TextField>
        <JsonEditor ref={editor} text={text} label={t('templates.editor')} onChange={setText} />
        <Stack direction="row" spacing={2} sx={{ alignItems: 'center' }}>
          <Typography variant="caption" color="text.secondary" sx={{ flex: 1 }} role="status">
            {dirty ? t('templates.unsaved') : ''}
          </Typography>
          <Button
            variant="contained"
            disabled={!dirty || flaw !== undefined || save.isPending}
            onClick={() => save.mutate()}
          >
            {t('templates.save')}
          </Button>
        </Stack>
      </Stack>
      {flaw ? (
        <Alert severity="error" variant="outlined">
          {t('templates.jsonBad', flaw)}
        </Alert>
      ) : (
        <Findings findings={findings} busy={busy} onJump={(path) => editor.current?.goTo(locate(text, path))} />
      )}
    </Box>
  );
}
