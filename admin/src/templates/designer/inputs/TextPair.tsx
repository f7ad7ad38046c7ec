import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { isJsonObject, type Json } from '../../../../../workflows/json.ts';
import { useT } from '../../../i18n/useT.ts';
import { idOf, useDesigning, useFindingsAt } from '../context.ts';
import { useUnder } from './Flaws.tsx';
import { isLong } from './kinds.ts';
import type { Labelled } from './SchemaInput.tsx';

/** A text in both languages, side by side where there is room. */
export function TextPair({ value, path, entry, optional, label, help }: Labelled) {
  const t = useT();
  const { put } = useDesigning();
  const known = isJsonObject(value ?? null) ? (value as Record<string, Json>) : {};
  const own = useFindingsAt(path);
  const [zh, en] = [useFindingsAt([...path, 'zh']), useFindingsAt([...path, 'en'])];
  const under = { zh: useUnder([...zh, ...own], help), en: useUnder(en, '') };
  const set = (language: 'zh' | 'en', typed: string) => {
    const next = { zh: '', en: '', ...known, [language]: typed };
    put(path, optional && next.zh === '' && next.en === '' ? undefined : next);
  };
  const field = (language: 'zh' | 'en') => (
    <TextField
      id={`${idOf(path)}-${language}`}
      fullWidth
      multiline={isLong(entry)}
      minRows={isLong(entry) ? 2 : 1}
      label={`${label} · ${t(language === 'zh' ? 'designer.inLanguage.zh' : 'designer.inLanguage.en')}`}
      value={typeof known[language] === 'string' ? known[language] : ''}
      onChange={(event) => set(language, event.target.value)}
      slotProps={{ htmlInput: { 'data-path': idOf([...path, language]), lang: language } }}
      {...under[language]}
    />
  );
  return (
    <Box
      data-path={idOf(path)}
      sx={{ display: 'grid', gap: 1.5, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' }, alignItems: 'start' }}
    >
      {field('zh')}
      {field('en')}
    </Box>
  );
}
