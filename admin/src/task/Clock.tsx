import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import type { TaskDetail } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { Tag } from '../ui/Tag.tsx';
import { TimeLeft } from '../ui/TimeLeft.tsx';

/** How many rungs are told at first. */
const SHOWN = 4;

/** The deadline and the rungs of the ladder after it: what happens, and when. */
export function Clock({ task }: { task: TaskDetail }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const now = new Date().toISOString();
  const [all, setAll] = useState(false);
  const rungs = all ? task.ladder : task.ladder.slice(0, SHOWN);
  return (
    <Panel
      title={t('task.clock')}
      action={task.dueAt && task.state === 'open' ? <TimeLeft days={task.workingDaysLeft} /> : undefined}
    >
      {task.dueAt ? (
        <Typography title={format.full(task.dueAt)}>
          {format.dayWeekday(task.dueAt)} {format.time(task.dueAt)}{' '}
          {task.provisional && <Tag title={t('common.left.provisionalHelp')}>{t('common.left.provisional')}</Tag>}
        </Typography>
      ) : (
        <Typography color="text.secondary">{t('task.noDeadline')}</Typography>
      )}
      {task.ladder.length > 0 && (
        <>
          <Typography variant="caption" color="text.secondary" component="p" sx={{ mt: 1.5, mb: 0.75 }}>
            {t('task.ladder')}
          </Typography>
          <Box component="ol" sx={{ m: 0, p: 0, listStyle: 'none' }}>
            {rungs.map((rung) => {
              const passed = rung.at < now;
              return (
                <Box
                  component="li"
                  key={`${rung.at} ${rung.do}`}
                  sx={(theme) => ({
                    display: 'grid',
                    gridTemplateColumns: '12px 1fr auto',
                    columnGap: 1,
                    alignItems: 'baseline',
                    py: 0.375,
                    color: passed ? 'text.secondary' : 'text.primary',
                    '&::before': {
                      content: '""',
                      width: 7,
                      height: 7,
                      borderRadius: '50%',
                      backgroundColor: passed ? theme.tones.late : theme.tones.line,
                    },
                  })}
                >
                  <Typography variant="body2" component="span">
                    {text(rung.name)}
                    {passed ? ` · ${t('task.ladderPassed')}` : ''}
                  </Typography>
                  <Typography
                    variant="caption"
                    color="text.secondary"
                    noWrap
                    title={rung.provisional ? t('common.left.provisionalHelp') : ''}
                  >
                    {format.day(rung.at)}
                    {rung.provisional ? ' ≈' : ''}
                  </Typography>
                </Box>
              );
            })}
          </Box>
          {task.ladder.length > rungs.length && (
            <Button size="small" onClick={() => setAll(true)} sx={{ ml: -1.25, mt: 0.5 }}>
              {t('task.ladderMore', { count: task.ladder.length - rungs.length })}
            </Button>
          )}
        </>
      )}
    </Panel>
  );
}
