import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { call } from '../api/http.ts';
import { problemOf } from '../api/problem.ts';
import type { Text } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { type Line, treeOf } from './lines.ts';

interface Score {
  block: { key: string; name: Text };
  value: string | null;
  words: string[];
  at: string;
}

/** What may be done about a line, beside it. */
type ActionOf = (line: string) => ReactNode;

/** How a unit's score came about, line by line, in words. Nothing where the cycle gives no explained score. */
export default function ScorePanel({ caseId, actionOf }: { caseId: string; actionOf?: ActionOf }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { language } = useLanguage();
  const { data, error, refetch } = useQuery({
    queryKey: ['score', caseId, language],
    queryFn: ({ signal }) => call<Score>(`/cases/${caseId}/score`, { signal }),
    retry: false,
  });
  if (error && problemOf(error).id === 'score.none') return null;
  return (
    <Panel title={data ? text(data.block.name) : t('cases.explanation')} note={data && format.dayTime(data.at)}>
      {data ? (
        <Box className="explanation" sx={{ fontVariantNumeric: 'tabular-nums' }}>
          {treeOf(data.words).map((line) => (
            <Told key={line.text} line={line} depth={0} actionOf={actionOf} />
          ))}
        </Box>
      ) : error ? (
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton variant="rounded" height={160} />
      )}
    </Panel>
  );
}

/** So many levels are open from the beginning. */
const OPEN = 2;

function Told({ line, depth, actionOf }: { line: Line; depth: number; actionOf: ActionOf | undefined }) {
  const words = (
    <Typography component="span" variant="body2" sx={{ fontWeight: depth === 0 ? 600 : 400 }}>
      {line.text}
    </Typography>
  );
  if (line.from.length === 0)
    return (
      <Box sx={{ py: 0.375, pl: depth === 0 ? 0 : 2.5 }}>
        {words} {actionOf?.(line.text)}
      </Box>
    );
  return (
    <Box component="details" open={depth < OPEN || actionOf !== undefined} sx={{ pl: depth === 0 ? 0 : 1 }}>
      <Box component="summary" sx={{ cursor: 'pointer', py: 0.375, minHeight: 28 }}>
        {words}
      </Box>
      {line.from.map((inner, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines never move, and two may say the same
        <Told key={at} line={inner} depth={depth + 1} actionOf={actionOf} />
      ))}
    </Box>
  );
}
