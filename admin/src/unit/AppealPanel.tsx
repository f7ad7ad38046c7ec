import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Task, Values } from '../api/types.ts';
import { ReadFields } from '../form/ReadFields.tsx';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { TimeLeft } from '../ui/TimeLeft.tsx';
import type { Appeal } from './caseFields.ts';

interface Props {
  appeals: Appeal[];
  data: Values;
  /** The reader's open task to appeal. */
  task: Task | undefined;
  decided: { decision: string; findings: string | null } | null;
}

/** What the unit appealed against and what came of it; while there is time, how to appeal. */
export function AppealPanel({ appeals, data, task, decided }: Props) {
  const t = useT();
  const made = appeals.flatMap(({ ground, outcome }) =>
    data[ground.key] ? [ground, ...outcome].map((field) => ({ field, value: data[field.key] ?? null })) : [],
  );
  return (
    <Panel title={t('unit.appeal')}>
      {made.length > 0 && <ReadFields items={made.filter(({ value }) => value !== null)} />}
      {made.length === 0 && decided?.findings && <Typography variant="body2">{decided.findings}</Typography>}
      {made.length === 0 && !decided && !task && (
        <Typography variant="body2" color="text.secondary">
          {t('unit.appealNone')}
        </Typography>
      )}
      {task && (
        <Stack direction="row" useFlexGap sx={{ gap: 1.5, flexWrap: 'wrap', alignItems: 'center' }}>
          <Typography variant="body2" color="text.secondary" sx={{ flex: '1 1 260px' }}>
            {t('unit.appealHelp')}
          </Typography>
          <TimeLeft days={task.workingDaysLeft} />
          <Button variant="contained" component={Link} to={`/tasks/${task.id}`}>
            {t('unit.appealTask')}
          </Button>
        </Stack>
      )}
    </Panel>
  );
}
