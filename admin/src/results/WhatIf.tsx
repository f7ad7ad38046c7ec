import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { type FormEvent, useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useKnown } from '../i18n/known.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useWhatIf, type Weight } from './api.ts';
import { MovedTable } from './MovedTable.tsx';
import { byCategory } from './ranking.ts';

/** What other weights would give. Nothing is kept: it shows how much a ranking hangs on the weights. */
export function WhatIf({ cycleId }: { cycleId: string }) {
  const t = useT();
  const text = useText();
  const known = useKnown();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [weights, setWeights] = useState<Weight[]>([]);
  const given = useWhatIf(cycleId, []);
  const tried = useWhatIf(cycleId, weights);
  if (given.isPending) return <Skeleton variant="rounded" height={300} />;
  const error = given.error ?? tried.error;
  const data = tried.error ? undefined : tried.data;
  if (error && problemOf(error).id === 'results.none')
    return <Empty title={t('cycles.resultsEmpty')} help={t('cycles.resultsEmptyHelp')} />;
  const apply = (event: FormEvent) => {
    event.preventDefault();
    setWeights(Object.entries(typed).map(([path, weight]) => ({ path, weight })));
  };
  const reset = () => {
    setTyped({});
    setWeights([]);
  };
  return (
    <Stack spacing={2.5}>
      <Panel title={t('results.weights')} note={t('results.notKept')}>
        {error ? <ProblemAlert error={error} /> : null}
        <Box component="form" onSubmit={apply} sx={{ mt: error ? 2 : 0 }}>
          <Stack direction="row" useFlexGap sx={{ gap: 2, flexWrap: 'wrap' }}>
            {given.data?.parts.map((part) => (
              <TextField
                key={part.path}
                label={text(part.name)}
                value={typed[part.path] ?? part.weight}
                onChange={(event) => setTyped({ ...typed, [part.path]: event.target.value.trim() })}
                helperText={t('results.given', { weight: part.given })}
                slotProps={{ htmlInput: { inputMode: 'decimal', pattern: '\\d{1,6}(\\.\\d{1,6})?' } }}
                sx={{ width: 180 }}
              />
            ))}
          </Stack>
          <Stack direction="row" spacing={1} sx={{ mt: 2 }}>
            <Button type="submit" variant="contained">
              {t('results.try')}
            </Button>
            <Button onClick={reset} disabled={weights.length === 0 && Object.keys(typed).length === 0}>
              {t('results.asGiven')}
            </Button>
          </Stack>
        </Box>
      </Panel>
      {data && weights.length === 0 && <Typography color="text.secondary">{t('results.whatIfHelp')}</Typography>}
      {data &&
        weights.length > 0 &&
        byCategory(data.items.map((item) => ({ ...item, rank: item.wanted.rank }))).map(({ category, rows }) => (
          <ChartPanel
            key={category}
            title={known('orgs.categories', category)}
            note={t('results.moved', { smart_count: rows.filter((row) => row.given.rank !== row.wanted.rank).length })}
            table={{
              columns: [
                t('cycles.org'),
                t('results.rankBefore'),
                t('results.rankAfter'),
                t('results.scoreBefore'),
                t('results.scoreAfter'),
              ],
              rows: rows.map((row) => [
                row.org.name,
                row.given.rank,
                row.wanted.rank,
                row.given.score,
                row.wanted.score,
              ]),
            }}
          >
            <MovedTable
              rows={rows.map(({ org, given, wanted }) => ({
                id: org.id,
                name: org.name,
                before: given,
                after: wanted,
              }))}
            />
          </ChartPanel>
        ))}
    </Stack>
  );
}
