import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import { type KeyboardEvent, useMemo, useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Branch } from './Branch.tsx';
import { makeTypeAhead, stepOf } from './treeKeys.ts';
import { useUnitsBelow } from './unitsBelow.ts';

/** The units as they stand under each other; what is below one is fetched when it is opened. */
export default function OrgTree() {
  const t = useT();
  const navigate = useNavigate();
  const top = useUnitsBelow();
  // The few at the top stand open from the start.
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<string>();
  const turn = (id: string) =>
    setTurned((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])));

  const typeAhead = useMemo(makeTypeAhead, []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const item = (event.target as HTMLElement).closest<HTMLElement>('[role="treeitem"]');
    const id = item?.dataset.id;
    if (!item || !id || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      return navigate(`/orgs/${id}`);
    }
    const step = stepOf(event.key, item, event.currentTarget);
    if (!step) {
      const found = typeAhead(event.key, event.timeStamp, item, event.currentTarget);
      if (!found) return;
      // The page's own keys (j, k, g …) do not hear what is typed here.
      event.preventDefault();
      event.stopPropagation();
      return found.focus();
    }
    event.preventDefault();
    if ('to' in step) step.to.focus();
    else turn(id);
  };

  const units = top.data ?? [];
  return (
    <Page
      title={t('orgs.title')}
      under={t('orgTree.help')}
      width={920}
      actions={
        <Button component={Link} to="/orgs">
          {t('orgTree.list')}
        </Button>
      }
    >
      {top.isPending ? (
        <Skeleton variant="rounded" height={320} aria-busy />
      ) : top.isError ? (
        <ProblemAlert error={top.error} onRetry={() => void top.refetch()} />
      ) : units.length === 0 ? (
        <Empty title={t('orgs.empty')} help={t('orgs.emptyHelp')} />
      ) : (
        <Paper variant="outlined" sx={{ p: 1 }}>
          <Box
            component="ul"
            role="tree"
            aria-label={t('orgs.title')}
            onKeyDown={onKeyDown}
            sx={{ listStyle: 'none', m: 0, p: 0 }}
          >
            {units.map((unit, index) => (
              <Branch
                key={unit.id}
                unit={unit}
                level={1}
                place={[index + 1, units.length]}
                at={at ?? units[0]?.id}
                turned={turned}
                onTurn={turn}
                onAt={setAt}
              />
            ))}
          </Box>
        </Paper>
      )}
    </Page>
  );
}
