import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { SheetTag } from './SheetTag.tsx';
import type { BallotSheetRow } from './types.ts';
import { useMySheets } from './useSheets.ts';

/** What one has to score: a sheet for each round and group, the one that closes first on top. */
export default function BallotList() {
  const t = useT();
  const { data, error, refetch } = useMySheets();
  return (
    <Page title={t('ballots.title')} under={t('ballots.under')} width={860}>
      {data ? (
        data.items.length > 0 ? (
          <Panel flush>
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {data.items.map((sheet) => (
                <Row key={sheet.id} sheet={sheet} />
              ))}
            </Box>
          </Panel>
        ) : (
          <Empty title={t('ballots.empty')} help={t('ballots.emptyHelp')} />
        )
      ) : error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton variant="rounded" height={240} />
      )}
    </Page>
  );
}

function Row({ sheet }: { sheet: BallotSheetRow }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  return (
    <Box component="li" sx={{ '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}>
      <Box
        component={Link}
        to={`/ballots/${sheet.id}`}
        data-row
        sx={{
          display: 'block',
          px: { xs: 2, sm: 2.5 },
          py: 1.75,
          color: 'text.primary',
          textDecoration: 'none',
          '&:hover': { backgroundColor: 'action.hover' },
        }}
      >
        <Stack direction="row" spacing={1} sx={{ alignItems: 'baseline', justifyContent: 'space-between' }}>
          <Typography component="span" sx={{ fontWeight: 600 }}>
            {text(sheet.group.name)}
          </Typography>
          <SheetTag state={sheet.state} />
        </Stack>
        <Typography variant="caption" color="text.secondary" component="div">
          {[
            sheet.cycle.name,
            text(sheet.block.name),
            sheet.closesAt && t('ballots.closes', { when: format.dayTime(sheet.closesAt) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </Typography>
        <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center', mt: 0.75 }}>
          <LinearProgress
            variant="determinate"
            value={sheet.expected === 0 ? 100 : (100 * sheet.filled) / sheet.expected}
            aria-label={t('ballots.progress')}
            sx={{ flex: 1, maxWidth: 260, height: 5, borderRadius: 3 }}
          />
          <Typography variant="caption" color="text.secondary">
            {t('ballots.filled', { filled: sheet.filled, expected: sheet.expected })}
          </Typography>
        </Stack>
      </Box>
    </Box>
  );
}
