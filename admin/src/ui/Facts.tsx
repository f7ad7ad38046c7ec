import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Fragment, type ReactNode } from 'react';
import { Missing } from '../form/ReadValue.tsx';

/** Names and what they are, in two columns. */
export function Facts({ items }: { items: { name: string; value: ReactNode }[] }) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: 'minmax(120px, 200px) 1fr' },
        rowGap: { xs: 0.25, sm: 1.25 },
        columnGap: 3,
      }}
    >
      {items.map(({ name, value }) => (
        <Fragment key={name}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {name}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, mb: { xs: 1, sm: 0 } }}>
            {value === undefined || value === '' || value === null ? <Missing /> : value}
          </Typography>
        </Fragment>
      ))}
    </Box>
  );
}
