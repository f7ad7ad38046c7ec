import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import { useGet } from '../api/queries.ts';
import type { Cycle, Ref, Text } from '../api/types.ts';
import { BarChart } from '../chart/BarChart.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useKnown } from '../i18n/known.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Empty } from '../ui/Empty.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';

interface Data {
  categories: {
    category: string;
    dimensions: {
      path: string;
      name: Text;
      level: number;
      most: string | null;
      mean: string | null;
      best: string | null;
    }[];
    units: { org: Ref; score: string | null; parts: Record<string, string | null> }[];
  }[];
}

/** 单位比较: what the units of a category got in each part of the score, with the mean and the best. */
export default function Dimensions({ cycle }: { cycle: Cycle }) {
  const t = useT();
  const text = useText();
  const known = useKnown();
  const { data, error, isPending, refetch } = useGet<Data>(
    ['cycles', cycle.id, 'dimensions'],
    `/cycles/${cycle.id}/results/dimensions`,
  );
  if (isPending) return <Skeleton variant="rounded" height={320} aria-busy />;
  if (!data) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  const categories = data.categories.filter(({ units }) => units.length > 0);
  if (categories.length === 0) return <Empty title={t('cycles.resultsEmpty')} help={t('cycles.resultsEmptyHelp')} />;
  return (
    <Stack spacing={2.5}>
      {categories.map(({ category, dimensions, units }) => {
        const parts = dimensions.filter(
          ({ level, path }) => level === 1 && units.some(({ parts: got }) => Number(got[path] ?? 0) !== 0),
        );
        const title = known('orgs.categories', category);
        return (
          <ChartPanel
            key={category}
            title={title}
            table={{
              columns: [
                t('office.unit'),
                t('cycles.score'),
                ...parts.map(({ name, most }) => (most ? `${text(name)} / ${most}` : text(name))),
              ],
              rows: [
                ...units.map(({ org, score, parts: got }) => [
                  org.name,
                  short(score),
                  ...parts.map(({ path }) => short(got[path] ?? null)),
                ]),
                [t('afterwards.mean'), null, ...parts.map(({ mean }) => short(mean))],
                [t('afterwards.best'), null, ...parts.map(({ best }) => short(best))],
              ],
            }}
          >
            <BarChart
              label={`${t('office.part.dimensions')}: ${title}`}
              lying
              stacked
              names={units.map(({ org }) => org.name)}
              bars={parts.map(({ name, path }) => ({
                name: text(name),
                values: units.map(({ parts: got }) => (got[path] == null ? null : Number(short(got[path] ?? null)))),
              }))}
            />
          </ChartPanel>
        );
      })}
    </Stack>
  );
}

/** To two places, cut: the exact figure is in the explanation of the score. */
const short = (value: string | null): string | null => (value === null ? null : value.replace(/(\.\d{2})\d+$/, '$1'));
