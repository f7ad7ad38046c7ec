import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Panel } from '../ui/Panel.tsx';
import type { PublicCycle } from './types.ts';

/** What was put right, and what the units answer in public. */
export function Answers({ cycle }: { cycle: PublicCycle }) {
  const t = useT();
  const format = useFormat();
  if (cycle.answers.length === 0) return <Empty title={t('public.answersEmpty')} />;
  return (
    <Panel title={t('public.tabs.answers')} note={t('common.shown', { total: cycle.answers.length })} flush>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {cycle.answers.map(({ org, problem, answer, publishedAt }) => (
          <Box
            component="li"
            key={`${org.id}${publishedAt}${problem}`}
            sx={{ borderTop: '1px solid', borderColor: 'divider', px: { xs: 2, sm: 2.5 }, py: 1.5 }}
          >
            <Typography variant="caption" color="text.secondary">
              {org.name} · {format.day(publishedAt)}
            </Typography>
            <Typography sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>{problem}</Typography>
            <Typography variant="body2" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {answer}
            </Typography>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
