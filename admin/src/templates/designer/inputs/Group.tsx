import MuiBox from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import type { Path } from '../../../../../workflows/template/edit/path.ts';
import { idOf } from '../context.ts';

/** A group of inputs with a heading and what may be done with it. */
export function Group({
  path,
  label,
  help,
  action,
  bare = false,
  children,
}: {
  path: Path;
  label: string;
  help?: string;
  action?: ReactNode;
  bare?: boolean | undefined;
  children: ReactNode;
}) {
  if (bare)
    return (
      <MuiBox
        data-path={idOf(path)}
        sx={{ display: 'grid', gap: 1.75, gridTemplateColumns: 'minmax(0, 1fr)', minWidth: 0 }}
      >
        {children}
      </MuiBox>
    );
  return (
    <MuiBox
      role="group"
      aria-label={label}
      data-path={idOf(path)}
      tabIndex={-1}
      sx={{ minWidth: 0, '&:focus': { outline: 'none' } }}
    >
      <Stack direction="row" sx={{ alignItems: 'center', mb: 1, gap: 1 }}>
        <Typography component="div" variant="body2" sx={{ fontWeight: 600 }}>
          {label}
        </Typography>
        <MuiBox sx={{ flex: 1 }} />
        {action}
      </Stack>
      {help && (
        <Typography variant="caption" color="text.secondary" component="p" sx={{ mt: -0.5, mb: 1 }}>
          {help}
        </Typography>
      )}
      <MuiBox
        sx={(theme) => ({
          pl: 1.5,
          borderLeft: `2px solid ${theme.tones.line}`,
          display: 'grid',
          gridTemplateColumns: 'minmax(0, 1fr)',
          gap: 1.75,
          minWidth: 0,
        })}
      >
        {children}
      </MuiBox>
    </MuiBox>
  );
}
