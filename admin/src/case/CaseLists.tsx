import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Case } from '../api/types.ts';
import { ReassignButton } from '../handover/ReassignButton.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { UrgeButton, Urged } from '../talk/Urge.tsx';
import { Panel } from '../ui/Panel.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { TimeLeft } from '../ui/TimeLeft.tsx';

/** The steps that somebody is working on now. */
export function OpenTasks({ item }: { item: Case }) {
  const t = useT();
  const text = useText();
  if (item.status === 'done' || item.status === 'cancelled') return null;
  return (
    <Panel title={t('cases.tasks')} flush>
      {item.openTasks.length === 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ px: 2.5, pb: 2 }}>
          {t('cases.noTasks')}
        </Typography>
      )}
      <Box component="ul" sx={list}>
        {item.openTasks.map((task) => (
          <li key={task.id}>
            <Stack component={Link} to={`/tasks/${task.id}`} direction="row" spacing={1} sx={line}>
              <Typography variant="body2" sx={{ flex: 1, fontWeight: 600, minWidth: 0 }}>
                {text(task.blockName)}
                <Urged task={task} />
              </Typography>
              <TimeLeft days={task.workingDaysLeft} />
            </Stack>
            <Stack direction="row" spacing={1} sx={{ px: 2.5, pb: 1.25, '&:empty': { display: 'none' } }}>
              <UrgeButton task={task} />
              <ReassignButton task={task} />
            </Stack>
          </li>
        ))}
      </Box>
    </Panel>
  );
}

/** The items of a repeat that run as cases of their own. */
export function Children({ item }: { item: Case }) {
  const t = useT();
  if (item.children.length === 0) return null;
  return (
    <Panel title={t('cases.children')} note={item.children.length} flush>
      <Box component="ul" sx={list}>
        {item.children.map((child) => (
          <li key={child.id}>
            <Stack component={Link} to={`/cases/${child.id}`} direction="row" spacing={1} sx={line}>
              <Typography variant="body2" sx={{ flex: 1, minWidth: 0 }}>
                {child.title}
              </Typography>
              <StatusTag status={child.status} />
            </Stack>
          </li>
        ))}
      </Box>
    </Panel>
  );
}

const list = { listStyle: 'none', m: 0, p: 0, '& li': { borderTop: '1px solid', borderColor: 'divider' } } as const;
const line = {
  px: 2.5,
  py: 1.25,
  alignItems: 'center',
  textDecoration: 'none',
  color: 'text.primary',
  '&:hover': { backgroundColor: 'action.hover' },
} as const;
