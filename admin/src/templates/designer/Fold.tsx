import Box from '@mui/material/Box';
import { type ReactNode, useState } from 'react';

/**
 * Something that folds away. What is inside is made when it is first unfolded (or at once, where `need` says so: something in it is
 * wrong, and one may jump there): a template has thousands of inputs, of which few are looked at.
 */
export function Fold({
  open,
  need,
  summary,
  children,
}: {
  open: boolean;
  need: boolean;
  summary: ReactNode;
  children: () => ReactNode;
}) {
  const [seen, setSeen] = useState(open);
  return (
    <Box
      component="details"
      open={open}
      onToggle={(event: React.ToggleEvent<HTMLDetailsElement>) => event.currentTarget.open && setSeen(true)}
      sx={{ '&[open] > summary .fold': { transform: 'rotate(180deg)' } }}
    >
      <Box
        component="summary"
        sx={{
          display: 'flex',
          alignItems: 'center',
          gap: 1,
          minHeight: 40,
          cursor: 'pointer',
          listStyle: 'none',
          '&::-webkit-details-marker': { display: 'none' },
        }}
      >
        {summary}
      </Box>
      {(seen || need) && children()}
    </Box>
  );
}
