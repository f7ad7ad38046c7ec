import Button from '@mui/material/Button';
import Link from '@mui/material/Link';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link as RouterLink, useParams } from 'react-router-dom';
import { useGet } from '../api/queries.ts';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Waiting } from '../layout/Waiting.tsx';
import { Facts } from '../ui/Facts.tsx';
import { History } from '../ui/History.tsx';
import { Page } from '../ui/Page.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { Said } from '../ui/Said.tsx';
import { Tag } from '../ui/Tag.tsx';
import type { ItemLine } from './types.ts';

/** The line of one item: from where it was seen, through what was done about it, to how it ended, and through which cycles it went. */
export default function ItemPage() {
  const { id = '' } = useParams();
  const t = useT();
  const text = useText();
  const known = useKnown();
  const format = useFormat();
  const { data, error, isPending, refetch } = useGet<ItemLine>(['rectification', id], `/rectification/${id}`, {
    retry: false,
  });
  if (isPending) return <Waiting />;
  if (!data)
    return (
      <Page title={t('rectify.item')} back="/cycles">
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </Page>
    );
  const back = `/cycles/${data.cycle.id}?view=rectify&part=board`;
  const itemAt = data.itemCase && data.state === 'open' ? format.list(data.itemCase.at.map(text)) : '';
  const links = [...data.former.toReversed(), ...(data.carriedTo ? [data.carriedTo] : [])];
  return (
    <Page
      title={data.problem}
      over={`${data.org.name} · ${data.cycle.name} · ${data.code}`}
      back={back}
      width={860}
      under={
        <Stack direction="row" useFlexGap sx={{ gap: 1, flexWrap: 'wrap', alignItems: 'center' }}>
          <Tag tone={data.overdue ? 'late' : data.state === 'closed' ? 'done' : 'calm'}>
            {t(`rectify.column.${data.overdue ? 'overdue' : data.state}`)}
          </Tag>
          {itemAt && <Tag>{itemAt}</Tag>}
        </Stack>
      }
      actions={
        <>
          <Button component={RouterLink} to={`/cases/${data.itemCase?.id ?? data.case.id}`} variant="outlined">
            {t(data.itemCase ? 'rectify.toItemCase' : 'rectify.toCase')}
          </Button>
          {data.task && (
            <Button component={RouterLink} to={`/tasks/${data.task}`} variant="contained">
              {t('rectify.toTask')}
            </Button>
          )}
        </>
      }
    >
      <Stack spacing={2}>
        <Panel title={t('rectify.where')}>
          <Stack spacing={1.5}>
            <Facts items={[{ name: t('rectify.sourceOf'), value: t(`rectify.source.${data.source}`) }]} />
            {data.origin && <Said name={t('rectify.origin')} words={data.origin.text} />}
            {data.finding && (
              <Said
                name={`${t('rectify.finding')} ${data.finding.code} · ${data.finding.foundBy.name} · ${format.day(data.finding.foundAt)}`}
                words={[data.finding.what, data.finding.advice].filter(Boolean).join('\n')}
              />
            )}
          </Stack>
        </Panel>
        <Panel title={t('rectify.plan')}>
          <Facts
            items={[
              { name: t('rectify.measure'), value: data.measure },
              { name: t('rectify.owner'), value: data.owner },
              { name: t('rectify.due'), value: data.due && format.plainDay(data.due) },
              { name: t('rectify.opened'), value: format.day(data.openedAt) },
              ...(data.endedAt ? [{ name: t('rectify.ended'), value: format.day(data.endedAt) }] : []),
            ]}
          />
        </Panel>
        {data.acts.length > 0 && (
          <Panel title={t('rectify.acts')}>
            <History
              items={data.acts.map((one) => ({
                at: one.at,
                what: `${text(one.block)} · ${known('rectify.action', one.action)}`,
                by: one.by?.name,
                text: one.reason,
              }))}
            />
          </Panel>
        )}
        {data.publicAnswer && (
          <Panel title={t('rectify.publicAnswer')} note={data.publishedAt && format.day(data.publishedAt)}>
            <Typography sx={{ whiteSpace: 'pre-wrap' }}>{data.publicAnswer}</Typography>
          </Panel>
        )}
        {links.length > 0 && (
          <Panel title={t('rectify.cycles')}>
            <Stack spacing={0.5}>
              {links.map((one) => (
                <Typography key={one.id} variant="body2">
                  <Link component={RouterLink} to={`/rectification/${one.id}`}>
                    {one.cycle.name} · {one.code}
                  </Link>{' '}
                  <Tag>{t(`rectify.column.${one.state}`)}</Tag>
                </Typography>
              ))}
            </Stack>
          </Panel>
        )}
      </Stack>
    </Page>
  );
}
