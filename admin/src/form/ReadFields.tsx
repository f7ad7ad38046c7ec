import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { Evidence, Field, Json } from '../api/types.ts';
import { useText } from '../i18n/useT.ts';
import { ReadValue } from './ReadValue.tsx';

/** What earlier steps brought, to be read beside the decision. Wide things get the whole width. */
export function ReadFields({
  items,
  evidence = [],
}: {
  items: { field: Field; value: Json }[];
  evidence?: Evidence[];
}) {
  const text = useText();
  return (
    <Box
      component="dl"
      sx={{ m: 0, display: 'grid', gridTemplateColumns: { sm: 'repeat(2, minmax(0, 1fr))' }, columnGap: 4, rowGap: 2 }}
    >
      {items.map(({ field, value }) => (
        <Box
          key={field.key}
          sx={{ gridColumn: ['table', 'longText', 'files'].includes(field.type) ? '1 / -1' : 'auto', minWidth: 0 }}
        >
          <Typography component="dt" variant="caption" color="text.secondary">
            {text(field.name)}
          </Typography>
          <Box component="dd" sx={{ m: 0, typography: 'body1' }}>
            <ReadValue field={field} value={value} evidence={evidence} />
          </Box>
        </Box>
      ))}
    </Box>
  );
}
