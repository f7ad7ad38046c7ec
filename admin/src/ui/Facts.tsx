import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Fragment, type ReactNode } from 'react';
import { Missing } from '../form/ReadValue.tsx';

/** Names and what they are, in two columns; `stacked` where there is no room for two. */
export function Facts({ items, stacked = false }: { items: { name: string; value: ReactNode }[]; stacked?: boolean }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: stacked ? '1fr' : { xs: '1fr', sm: 'minmax(120px, 200px) 1fr' },
        rowGap: stacked ? 0.25 : { xs: 0.25, sm: 1.25 },
        columnGap: 3,
      }}
    >
      {items.map(({ name, value }) => (
        <Fragment key={name}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {name}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, mb: stacked ? 1 : { xs: 1, sm: 0 } }}>
            {value === undefined || value === '' || value === null ? <Missing /> : value}
          </Typography>
        </Fragment>
      ))}
    </Box>
  );
}
