import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Ring } from './Ring.tsx';

/** Nothing here, said kindly, with what to do next. */
export function Empty({ title, help, action }: { title: string; help?: string; action?: ReactNode }) {
  return (
    <Stack spacing={1} sx={{ alignItems: 'center', textAlign: 'center', py: { xs: 6, md: 9 }, px: 3 }}>
      <Ring at="all" size={44} />
      <Typography variant="h2" component="p" sx={{ pt: 1 }}>
        {title}
      </Typography>
      {help && (
        <Typography variant="body2" color="text.secondary" sx={{ maxWidth: 420 }}>
          {help}
        </Typography>
      )}
      {action}
    </Stack>
  );
}
