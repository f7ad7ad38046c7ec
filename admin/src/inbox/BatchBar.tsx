import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useT } from '../i18n/useT.ts';
import { BatchDialog } from './BatchDialog.tsx';

interface Props {
  ids: string[];
  onClear: () => void;
}

/** What may be done with the tasks that are ticked, at the bottom where the thumb is. */
export function BatchBar({ ids, onClear }: Props) {
  const t = useT();
  // What was asked about stays the same, whatever the list does meanwhile.
  const [asked, setAsked] = useState<string[]>();
  return (
    <>
      {ids.length > 0 && (
        <Box sx={bar}>
          <Typography variant="body2" sx={{ flex: 1 }} role="status">
            {t('inbox.batch.chosen', { count: ids.length })}
          </Typography>
          <Button onClick={onClear} sx={{ minHeight: { xs: 44, sm: 38 } }}>
            {t('inbox.batch.clear')}
          </Button>
          <Button data-batch variant="contained" onClick={() => setAsked(ids)} sx={{ minHeight: { xs: 44, sm: 38 } }}>
            {t('inbox.batch.approve')}
          </Button>
        </Box>
      )}
      {asked && (
        <BatchDialog
          ids={asked}
          onClose={() => setAsked(undefined)}
          onDone={() => {
            setAsked(undefined);
            onClear();
          }}
        />
      )}
    </>
  );
}

const bar = {
  position: 'sticky',
  bottom: { xs: 64, md: 0 },
  zIndex: 5,
  display: 'flex',
  alignItems: 'center',
  gap: 1,
  mt: 2,
  px: 2,
  py: 1.25,
  backgroundColor: 'background.paper',
  border: '1px solid',
  borderColor: 'divider',
  borderRadius: 1,
} as const;
