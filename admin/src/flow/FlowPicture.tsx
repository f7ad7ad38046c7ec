import Box from '@mui/material/Box';
import { useEffect, useMemo, useRef } from 'react';
import type { Flow } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { PhaseTree } from './PhaseTree.tsx';
import { treeOf } from './tree.ts';

/** Where a case stands in its whole way: phases from top to bottom, the running block marked and brought into view. */
export function FlowPicture({ flow, narrow = false }: { flow: Flow; narrow?: boolean }) {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const phases = useMemo(() => treeOf(flow), [flow]);

  useEffect(() => {
    const current = box.current?.querySelector<HTMLElement>('[aria-current="step"]');
    const scroller = box.current?.closest<HTMLElement>('[role="tabpanel"]');
    if (!current || !scroller || scroller.scrollHeight <= scroller.clientHeight) return;
    scroller.scrollTop =
      current.getBoundingClientRect().top -
      scroller.getBoundingClientRect().top +
      scroller.scrollTop -
      scroller.clientHeight / 3;
  });

  return (
    <Box ref={box} role="group" aria-label={t('flow.label')}>
      <PhaseTree phases={phases} narrow={narrow} />
    </Box>
  );
}
