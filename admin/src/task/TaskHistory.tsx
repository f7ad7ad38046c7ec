import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useState } from 'react';
import { useFlow } from '../api/queries.ts';
import { Timeline } from '../case/Timeline.tsx';
import { FlowPicture } from '../flow/FlowPicture.tsx';
import { useT } from '../i18n/useT.ts';

/** What happened before, and where this stands in the whole: beside the form, one tab each. */
export function TaskHistory({ caseId }: { caseId: string }) {
  const t = useT();
  const [tab, setTab] = useState<'timeline' | 'flow'>('timeline');
  const { data: flow } = useFlow(caseId, tab === 'flow');
  return (
    <Paper variant="outlined" component="section">
      <Tabs
        value={tab}
        onChange={(_, next) => setTab(next)}
        sx={{ px: 2.5, borderBottom: '1px solid', borderColor: 'divider' }}
      >
        <Tab value="timeline" id="tab-timeline" aria-controls="panel-history" label={t('task.timeline')} />
        <Tab value="flow" id="tab-flow" aria-controls="panel-history" label={t('task.flow')} />
      </Tabs>
      <Box
        role="tabpanel"
        id="panel-history"
        aria-labelledby={`tab-${tab}`}
        tabIndex={0}
        sx={{ p: 2, maxHeight: { lg: '58vh' }, overflowY: 'auto' }}
      >
        {tab === 'timeline' ? <Timeline caseId={caseId} /> : flow && <FlowPicture flow={flow} narrow />}
      </Box>
    </Paper>
  );
}
