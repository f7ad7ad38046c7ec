import Box from '@mui/material/Box';
import type { ComponentProps } from 'react';
import { UnitRow } from './UnitRow.tsx';

type RowProps = ComponentProps<typeof UnitRow>;

interface Props extends Omit<RowProps, 'unit' | 'disabled'> {
  units: readonly RowProps['unit'][];
  disabled: (unit: RowProps['unit']) => boolean;
}

/** The units that are scored, one below the other. */
export function UnitList({ units, disabled, ...props }: Props) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {units.map((unit) => (
        <UnitRow key={unit.id} {...props} unit={unit} disabled={disabled(unit)} />
      ))}
    </Box>
  );
}
