import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControl from '@mui/material/FormControl';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormLabel from '@mui/material/FormLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNotify } from 'ra-core';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { Json, JsonObject } from '../../../workflows/json.ts';
import { blankTemplate, copyOf, looksLikeTemplate } from '../../../workflows/template/edit/start.ts';
import { call } from '../api/http.ts';
import { queryClient } from '../api/queryClient.ts';
import type { List, TemplateVersion, Text } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { PlainSelect } from './designer/PlainSelect.tsx';
import { lineOf, syntaxFlaw } from './locate.ts';
import { fetchPublished } from './published.ts';

const KEY = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const LARGEST = 5_000_000;

type From = 'blank' | 'copy' | 'file';

const CATEGORY_NAMES: Record<string, Text> = {
  economy: { zh: '经济服务', en: 'Economy' },
  enforcement: { zh: '执法服务', en: 'Enforcement' },
  society: { zh: '社会事业服务', en: 'Society' },
  general: { zh: '综合服务', en: 'General' },
};

/** The categories that the units of the city are in. */
async function categories(): Promise<{ key: string; name: Text }[]> {
  const keys = new Set<string>();
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: List<{ category?: string }> = await call('/orgs', {
      query: { kind: 'department', active: true, limit: 100, after: cursor },
    });
    for (const { category } of page.items) if (category) keys.add(category);
    cursor = page.next;
  }
  return [...keys].map((key) => ({ key, name: CATEGORY_NAMES[key] ?? { zh: key, en: key } }));
}

/** A new draft: from nothing, as a copy, or from a file. */
export default function NewTemplate({ onClose }: { onClose: () => void }) {
  const t = useT();
  const text = useText();
  const notify = useNotify();
  const navigate = useNavigate();
  const [from, setFrom] = useState<From>('blank');
  const [names, setNames] = useState({ key: '', zh: '', en: '' });
  const [source, setSource] = useState<string>();
  const [file, setFile] = useState<{ name: string; content: JsonObject }>();
  const [flaw, setFlaw] = useState<string>();
  const [tried, setTried] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const { data: published = [] } = useQuery({ queryKey: ['templates', 'published'], queryFn: fetchPublished });
  const chosen = published.find(({ key }) => key === source) ?? published[0];
  const { key, zh, en } = names;
  const flaws = {
    key: KEY.test(key) ? undefined : t('designer.dialog.keyBad'),
    zh: zh.trim() ? undefined : t('designer.dialog.nameMissing'),
    en: en.trim() ? undefined : t('designer.dialog.nameMissing'),
  };
  const ready =
    !flaws.key &&
    !flaws.zh &&
    !flaws.en &&
    (from !== 'file' || file !== undefined) &&
    (from !== 'copy' || chosen !== undefined);

  const make = useMutation({
    mutationFn: async () => {
      const called = { key, name: { zh: zh.trim(), en: en.trim() } };
      const content =
        from === 'blank'
          ? blankTemplate(called, await categories())
          : from === 'file'
            ? copyOf(file?.content as JsonObject, called)
            : copyOf(
                (await call<TemplateVersion>(`/templates/${chosen?.key}/versions/${chosen?.version}`))
                  .content as unknown as JsonObject,
                called,
              );
      return call<TemplateVersion>('/templates', { method: 'POST', body: { content } });
    },
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ['templates'] });
      notify(t('templates.created'), { type: 'success' });
      navigate(`/templates/${made.key}/versions/${made.version}`);
    },
  });

  const read = async (given: File | undefined) => {
    setFile(undefined);
    if (!given) return;
    if (given.size > LARGEST) return setFlaw(t('designer.dialog.fileLarge', { limit: LARGEST / 1_000_000 }));
    const typed = await given.text();
    const broken = syntaxFlaw(typed);
    if (broken) return setFlaw(t('designer.dialog.fileSyntax', broken ?? lineOf(typed, 0)));
    const content = JSON.parse(typed) as Json;
    if (!looksLikeTemplate(content)) return setFlaw(t('designer.dialog.fileBad'));
    setFlaw(undefined);
    setFile({ name: given.name, content });
    const name = content.name as Partial<Record<'zh' | 'en', Json>>;
    const own = (value: Json | undefined) => (typeof value === 'string' ? value : '');
    setNames({ key: String(content.key), zh: own(name.zh), en: own(name.en) });
  };

  const option = (value: From, name: string, help: string) => (
    <FormControlLabel
      value={value}
      control={<Radio size="small" />}
      sx={{ alignItems: 'flex-start', mb: 0.5, '& .MuiRadio-root': { pt: 0.25 } }}
      label={
        <>
          <Typography variant="body2" component="span" sx={{ display: 'block' }}>
            {name}
          </Typography>
          <Typography variant="caption" color="text.secondary" component="span">
            {help}
          </Typography>
        </>
      }
    />
  );
  const field = (name: 'key' | 'zh' | 'en', label: string, help?: string) => (
    <TextField
      id={`new-template-${name}`}
      label={label}
      value={names[name]}
      onChange={(event) => setNames({ ...names, [name]: event.target.value })}
      error={tried && flaws[name] !== undefined}
      helperText={tried && flaws[name] ? flaws[name] : help}
      slotProps={{ htmlInput: { spellCheck: false, maxLength: name === 'key' ? 64 : 200 } }}
    />
  );

  return (
    <Dialog open onClose={make.isPending ? () => {} : onClose} fullWidth maxWidth="sm" aria-labelledby="new-template">
      <DialogTitle id="new-template">{t('designer.dialog.title')}</DialogTitle>
      <DialogContent>
        {make.isError && <ProblemAlert error={make.error} />}
        <Stack spacing={2} sx={{ pt: 1 }}>
          <FormControl>
            <FormLabel id="new-template-from" sx={{ typography: 'body2', mb: 0.5 }}>
              {t('designer.dialog.from')}
            </FormLabel>
            <RadioGroup aria-labelledby="new-template-from" value={from} onChange={(_, next) => setFrom(next as From)}>
              {option('blank', t('designer.dialog.blank'), t('designer.dialog.blankHelp'))}
              {option('copy', t('designer.dialog.copy'), t('designer.dialog.copyHelp'))}
              {option('file', t('designer.dialog.file'), t('designer.dialog.fileHelp'))}
            </RadioGroup>
          </FormControl>
          {from === 'copy' && (
            <PlainSelect
              id="new-template-source"
              label={t('designer.dialog.source')}
              value={chosen?.key ?? ''}
              width={520}
              options={published.map((row) => ({ value: row.key, name: `${text(row.name)} · v${row.version}` }))}
              onChange={setSource}
            />
          )}
          {from === 'file' && (
            <Stack spacing={1} sx={{ alignItems: 'flex-start' }}>
              <input
                ref={picker}
                type="file"
                accept="application/json,.json"
                hidden
                data-testid="template-file"
                onChange={(event) => void read(event.target.files?.[0])}
              />
              <Button variant="outlined" onClick={() => picker.current?.click()}>
                {t('designer.dialog.choose')}
              </Button>
              {file && <Typography variant="body2">{t('designer.dialog.chosen', { name: file.name })}</Typography>}
              {flaw && <Alert severity="error">{flaw}</Alert>}
            </Stack>
          )}
          {field('zh', t('designer.dialog.zh'))}
          {field('en', t('designer.dialog.en'))}
          {field('key', t('designer.dialog.key'), t('designer.dialog.keyHelp'))}
          {published.some((row) => row.key === key) && <Alert severity="info">{t('designer.dialog.keyTaken')}</Alert>}
        </Stack>
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={make.isPending}>
          {t('common.cancel')}
        </Button>
        <Button
          variant="contained"
          disabled={make.isPending}
          onClick={() => {
            setTried(true);
            if (ready) make.mutate();
            else if (from === 'file' && !file) setFlaw(t('designer.dialog.fileHelp'));
          }}
        >
          {t('designer.dialog.create')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
