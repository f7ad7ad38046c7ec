import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { Json } from '../../../../workflows/json.ts';
import type { TemplateVersion } from '../../api/types.ts';
import { useT } from '../../i18n/useT.ts';
import { Changes } from './Changes.tsx';

/** Somebody else was faster: what differs, and whose version stays. */
export function Conflict({
  theirs,
  mine,
  onTake,
  onKeep,
}: {
  theirs: TemplateVersion;
  mine: Json;
  onTake: () => void;
  onKeep: () => void;
}) {
  const t = useT();
  return (
    <Alert severity="warning" variant="outlined">
      <AlertTitle sx={{ fontWeight: 600, fontSize: '0.9375rem' }}>{t('designer.conflict')}</AlertTitle>
      {t('designer.conflictHelp')}
      <Changes before={theirs.content as unknown as Json} after={mine} most={12} />
      <Stack direction="row" spacing={1} sx={{ mt: 1 }}>
        <Button size="small" variant="outlined" onClick={onTake}>
          {t('designer.takeTheirs')}
        </Button>
        <Button size="small" variant="outlined" onClick={onKeep}>
          {t('designer.keepMine')}
        </Button>
      </Stack>
    </Alert>
  );
}
