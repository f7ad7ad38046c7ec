import Box from '@mui/material/Box';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormHelperText from '@mui/material/FormHelperText';
import { idOf, useDesigning, useFindingsAt } from '../context.ts';
import { Flaws } from './Flaws.tsx';
import type { Labelled } from './SchemaInput.tsx';

/** Yes or no; where it may be left out, no is left out. */
export function BooleanInput({ value, path, optional, label, help }: Labelled) {
  const { put } = useDesigning();
  return (
    <Box>
      <FormControlLabel
        label={label}
        slotProps={{ typography: { variant: 'body2' } }}
        control={
          <Checkbox
            size="small"
            id={idOf(path)}
            checked={value === true}
            onChange={(_, checked) => put(path, checked ? true : optional ? undefined : false)}
            slotProps={{ input: { 'data-path': idOf(path) } as object }}
          />
        }
      />
      {help && <FormHelperText>{help}</FormHelperText>}
      <Flaws findings={useFindingsAt(path)} />
    </Box>
  );
}
