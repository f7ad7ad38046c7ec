import Box from '@mui/material/Box';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { Link } from 'react-router-dom';
import type { Box as BoxName, TaskCounts } from '../api/types.ts';
import { useT } from '../i18n/useT.ts';
import { BOXES } from './useFilter.ts';

const LABELS = {
  todo: 'layout.menu.inbox',
  done: 'layout.menu.done',
  started: 'layout.menu.started',
  told: 'layout.menu.told',
} as const;

/** The four boxes as links, so that each has its own address. */
export function BoxTabs({ box, counts }: { box: BoxName; counts: TaskCounts | undefined }) {
  const t = useT();
  const count = (name: BoxName) => counts?.[name];
  return (
    <Box component="nav" aria-label={t('inbox.tabs')} sx={{ borderBottom: '1px solid', borderColor: 'divider' }}>
      <Tabs
        value={box}
        variant="scrollable"
        scrollButtons={false}
        role="presentation"
        slotProps={{ list: { role: 'presentation' } }}
      >
        {BOXES.map((name) => (
          <Tab
            key={name}
            value={name}
            component={Link}
            to={`/inbox?box=${name}`}
            role="link"
            tabIndex={0}
            aria-selected={undefined}
            aria-current={name === box ? 'page' : undefined}
            label={
              <span>
                {t(LABELS[name])}
                {count(name) ? (
                  <Count value={count(name) ?? 0} late={name === 'todo' && (counts?.overdue ?? 0) > 0} />
                ) : null}
              </span>
            }
          />
        ))}
      </Tabs>
    </Box>
  );
}

function Count({ value, late }: { value: number; late: boolean }) {
  return (
    <Box
      component="span"
      sx={{ ml: 0.75, fontSize: '0.8125rem', fontWeight: 600, color: late ? 'error.main' : 'text.secondary' }}
    >
      {value}
    </Box>
  );
}
