import TextField from '@mui/material/TextField';
import { useGet } from '../api/queries.ts';
import type { List } from '../api/types.ts';

interface Props {
  label: string;
  cycleId: string;
  /** Whose indicators; nothing to choose from without one. */
  orgId: string | undefined;
  value: string;
  /** What is offered for “no indicator”; one must be chosen without it. */
  none?: string;
  onChange: (code: string) => void;
}

/** One of the indicators that a unit has in a cycle, by its code. */
export function IndicatorField({ label, cycleId, orgId, value, none, onChange }: Props) {
  const { data } = useGet<List<{ id: string; code: string; name: string }>>(
    ['cycles', cycleId, 'assigned', orgId],
    '/assigned-indicators',
    { query: { cycleId, orgId, limit: 100 }, enabled: orgId !== undefined },
  );
  return (
    <TextField
      select
      label={label}
      required={none === undefined}
      value={value}
      disabled={orgId === undefined}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ select: { native: true }, inputLabel: { shrink: true } }}
    >
      <option value="" disabled={none === undefined}>
        {none ?? ''}
      </option>
      {data?.items.map((one) => (
        <option key={one.id} value={one.code}>
          {one.name}
        </option>
      ))}
    </TextField>
  );
}
