import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import type { ReactNode } from 'react';

interface Props {
  children: ReactNode;
  /** What the unit may do with it. */
  action?: { name: string; what: string; main: boolean; onClick: () => void } | undefined;
}

/** An entry of a list of the unit: what it is about, and the button beside it; below it and as wide on a phone. */
export function Line({ children, action }: Props) {
  return (
    <Stack
      component="li"
      direction="row"
      useFlexGap
      sx={{
        gap: 2,
        px: { xs: 2, sm: 2.5 },
        py: 1.5,
        flexWrap: { xs: 'wrap', sm: 'nowrap' },
        '& + &': { borderTop: '1px solid', borderColor: 'divider' },
      }}
    >
      <Box sx={{ flex: '1 1 260px', minWidth: 0 }}>{children}</Box>
      {action && (
        <Box sx={{ flex: { xs: '1 1 100%', sm: 'none' } }}>
          <Button
            variant={action.main ? 'contained' : 'outlined'}
            onClick={action.onClick}
            aria-label={`${action.name} ${action.what}`}
            sx={{ width: { xs: '100%', sm: 'auto' }, minHeight: { xs: 44, sm: 36 } }}
          >
            {action.name}
          </Button>
        </Box>
      )}
    </Stack>
  );
}
