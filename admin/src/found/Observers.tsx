import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useNotify } from 'ra-core';
import { useState } from 'react';
import type { Ref } from '../api/types.ts';
import { useChange } from '../cycles/useChange.ts';
import { PeopleInput } from '../form/PeopleInput.tsx';
import type { Named } from '../form/people.tsx';
import { useT } from '../i18n/useT.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import type { Point } from './types.ts';

const idsOf = (people: readonly Ref[]) => people.map(({ id }) => id).join();

/** Who looks at a point: named and changed in place. */
export function Observers({ cycleId, point }: { cycleId: string; point: Point }) {
  const t = useT();
  const notify = useNotify();
  const [observers, setObservers] = useState<Named[]>(point.observers);
  const change = useChange(cycleId, () => notify(t('found.observersSaved'), { type: 'success' }));
  return (
    <Box sx={{ my: 2 }}>
      {change.error ? <ProblemAlert error={change.error} /> : null}
      <Box sx={{ display: 'flex', gap: 1, alignItems: 'flex-start', flexWrap: 'wrap' }}>
        <Box sx={{ flex: '1 1 260px' }}>
          <PeopleInput id="observers" label={t('found.observers')} value={observers} onChange={setObservers} />
        </Box>
        <Button
          variant="outlined"
          disabled={change.isPending || idsOf(observers) === idsOf(point.observers)}
          onClick={() =>
            change.mutate({
              path: `/observation-points/${point.id}`,
              method: 'PATCH',
              ifMatch: point.version,
              body: { observers: observers.map(({ id }) => id) },
            })
          }
        >
          {t('common.save')}
        </Button>
      </Box>
    </Box>
  );
}
