import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useMemo, useState } from 'react';
import type { Json } from '../../../../workflows/json.ts';
import { getAt, type Path } from '../../../../workflows/template/edit/path.ts';
import { useT } from '../../i18n/useT.ts';
import { JsonEditor } from '../JsonEditor.tsx';
import { syntaxFlaw } from '../locate.ts';
import { useDesigning } from './context.ts';

/** A part of the draft as text: for what no input reaches, and for whoever prefers it. */
export function JsonPart({ path, onClose }: { path: Path; onClose: () => void }) {
  const t = useT();
  const { content, put } = useDesigning();
  const [text, setText] = useState(() => JSON.stringify(getAt(content, path) ?? null, null, 2));
  const flaw = useMemo(() => syntaxFlaw(text), [text]);
  return (
    <Stack spacing={1.5}>
      <JsonEditor text={text} label={t('designer.asJson')} onChange={setText} />
      {flaw && <Alert severity="error">{t('designer.jsonBad', flaw)}</Alert>}
      <Stack direction="row" spacing={1}>
        <Button
          variant="contained"
          disabled={flaw !== undefined}
          onClick={() => {
            put(path, JSON.parse(text) as Json);
            onClose();
          }}
        >
          {t('designer.jsonApply')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </Stack>
    </Stack>
  );
}
