import Stack from '@mui/material/Stack';
import { Flags } from './Flags.tsx';
import { Orders } from './Orders.tsx';
import type { UnitViewProps } from './UnitPage.tsx';

/** What the office wants to hear from the unit: answers to orders, and explanations of suspicious values. */
export default function WarningsView({ cycle, unit }: UnitViewProps) {
  return (
    <Stack spacing={2.5}>
      <Orders cycleId={cycle.id} orgId={unit.id} />
      <Flags cycleId={cycle.id} orgId={unit.id} />
    </Stack>
  );
}
