import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Skeleton from '@mui/material/Skeleton';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { LetterRow } from '../afterwards/types.ts';
import { useCase, useCycle, useGet } from '../api/queries.ts';
import type { Case, TemplateVersion } from '../api/types.ts';
import { ReadFields } from '../form/ReadFields.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { Results } from '../results/api.ts';
import ScorePanel from '../score/ScorePanel.tsx';
import { Empty } from '../ui/Empty.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Tag } from '../ui/Tag.tsx';
import { TimeLeft } from '../ui/TimeLeft.tsx';
import { AppealPanel } from './AppealPanel.tsx';
import { useFew, useRead } from './api.ts';
import { appealsOf, feedbackFields } from './caseFields.ts';
import { Letters } from './Letters.tsx';
import type { UnitViewProps } from './UnitPage.tsx';
import { useDispute } from './useDispute.tsx';

/** The template that a cycle runs. */
function useTemplate(cycleId: string) {
  const { data: cycle } = useCycle(cycleId);
  const template = cycle?.template;
  const { data } = useGet<TemplateVersion>(
    ['templates', template?.key, template?.version],
    `/templates/${template?.key}/versions/${template?.version}`,
    { enabled: template !== undefined, staleTime: 600_000 },
  );
  return data?.content;
}

/** How the unit came out and why, its letter, what it appealed, and what waits for it. */
export default function ResultsView({ cycle, unit }: UnitViewProps) {
  const t = useT();
  const template = useTemplate(cycle.id);
  const results = useRead<Results>(`/cycles/${cycle.id}/results`);
  const letters = useFew<LetterRow>(`/cycles/${cycle.id}/letters`, { org: unit.id });
  const own = useCase(cycle.caseId ?? '', cycle.caseId !== undefined);
  const appeals = template ? appealsOf(template) : [];
  const open = appeals.flatMap((appeal) => {
    const task = own.data?.openTasks.find(({ block, can }) => block === appeal.block && can.length > 0);
    return task ? [{ appeal, task }] : [];
  })[0];
  const dispute = useDispute(open);
  if (cycle.caseId === undefined) return <Empty title={t('unit.noResults')} help={t('unit.noResultsHelp')} />;
  if (results.isPending || letters.isPending || own.isPending) return <Skeleton variant="rounded" height={320} />;
  const error = results.error ?? letters.error ?? own.error;
  if (!results.data || !letters.data || !own.data) return <ProblemAlert error={error} />;
  const mine = results.data.items.find(({ org }) => org.id === unit.id);
  const tasks = own.data.openTasks.filter(({ can }) => can.length > 0);
  const records = template ? feedbackFields(template).filter(({ key }) => filled(own.data, key)) : [];
  if (!mine && letters.data.items.length === 0)
    return (
      <Stack spacing={2.5}>
        {tasks.length > 0 && <Todo item={own.data} />}
        <Empty
          title={t('unit.noResults')}
          help={t('unit.noResultsHelp')}
          action={
            <Button component={Link} to={`/cases/${cycle.caseId}`}>
              {t('unit.toCase')}
            </Button>
          }
        />
      </Stack>
    );
  return (
    <Stack spacing={2.5}>
      {tasks.length > 0 && <Todo item={own.data} />}
      {mine && <Result results={results.data} mine={mine} />}
      {appeals.length > 0 && (
        <AppealPanel appeals={appeals} data={own.data.data} task={open?.task} decided={mine?.appeal ?? null} />
      )}
      <Letters letters={letters.data.items} />
      <ScorePanel caseId={cycle.caseId} {...(dispute && { actionOf: dispute })} />
      {records.length > 0 && (
        <Panel title={t('unit.records')}>
          <ReadFields items={records.map((field) => ({ field, value: own.data.data[field.key] ?? null }))} />
        </Panel>
      )}
      <Box>
        <Button component={Link} to={`/cases/${cycle.caseId}`}>
          {t('unit.toCase')}
        </Button>
      </Box>
    </Stack>
  );
}

const filled = ({ data }: Case, key: string): boolean => {
  const value = data[key];
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
};

/** What the reader must do in the unit's case, with its deadline. */
function Todo({ item }: { item: Case }) {
  const t = useT();
  const text = useText();
  return (
    <Panel title={t('unit.todo')} flush>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {item.openTasks
          .filter(({ can }) => can.length > 0)
          .map((task) => (
            <Stack
              component="li"
              key={task.id}
              direction="row"
              sx={{ gap: 1.5, alignItems: 'center', px: { xs: 2, sm: 2.5 }, py: 1.25, minHeight: 44 }}
            >
              <Box component={Link} to={`/tasks/${task.id}`} sx={{ flex: 1, fontWeight: 600, minWidth: 0 }}>
                {text(task.blockName)}
              </Box>
              <TimeLeft days={task.workingDaysLeft} />
            </Stack>
          ))}
      </Box>
    </Panel>
  );
}

function Result({ results, mine }: { results: Results; mine: Results['items'][number] }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const grade = text(results.grades.find(({ key }) => key === mine.grade)?.name) || mine.grade;
  return (
    <Panel title={t('unit.result')} note={!results.public && t('results.notPublic')}>
      <Stack direction="row" useFlexGap sx={{ gap: 2, flexWrap: 'wrap', alignItems: 'baseline' }}>
        <Typography component="span" sx={{ fontSize: '1.75rem', fontWeight: 700, lineHeight: 1.2 }}>
          {mine.score === null ? '—' : t('unit.points', { score: mine.score })}
        </Typography>
        {mine.rank !== null && <span>{t('unit.ofUnits', { rank: mine.rank, of: mine.rankOf ?? '—' })}</span>}
        {grade && <Tag tone="calm">{grade}</Tag>}
        {mine.uses.map((use) => (
          <Tag key={use.key} tone={use.withheld ? 'plain' : 'soon'} title={text(use.withheld ?? use.because)}>
            {use.withheld ? <s>{text(use.name)}</s> : text(use.name)}
          </Tag>
        ))}
      </Stack>
      {mine.before && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {t('unit.resultBefore', { score: mine.before.score ?? '—', rank: mine.before.rank ?? '—' })}
        </Typography>
      )}
      {mine.because.length > 0 && (
        <Typography variant="body2" color="text.secondary" sx={{ mt: 1 }}>
          {format.list(mine.because.map(text))}
        </Typography>
      )}
    </Panel>
  );
}
