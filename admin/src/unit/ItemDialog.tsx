import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { ItemLine } from '../rectify/types.ts';
import { Facts } from '../ui/Facts.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useRead } from './api.ts';

/** The line of an item: where it comes from, what was done by whom, through which cycles it went, and how it ended. */
export function ItemDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useT();
  const { data, error, isPending, refetch } = useRead<ItemLine>(`/rectification/${id}`);
  const place = data && (data.task ? `/tasks/${data.task}` : `/cases/${data.itemCase?.id ?? data.case.id}`);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" aria-labelledby="item-title">
      <DialogTitle id="item-title" sx={{ overflowWrap: 'anywhere' }}>
        {data ? data.problem : t('unit.line')}
      </DialogTitle>
      <DialogContent>
        {isPending && <Skeleton variant="rounded" height={240} />}
        {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
        {data && <Line item={data} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t('common.close')}</Button>
        {place && (
          <Button variant="contained" component={Link} to={place}>
            {t(data?.task ? 'unit.toTask' : 'unit.toCase')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}

function Line({ item }: { item: ItemLine }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const linked = ({ cycle, code }: { cycle: { name: string }; code: string }) => `${cycle.name} · ${code}`;
  return (
    <>
      <Facts
        items={[
          { name: t('unit.code'), value: `${item.code} · ${t(`unit.stage.${item.stage}`)}` },
          {
            name: t('unit.origin'),
            value: [t(`unit.source.${item.source}`), item.origin?.text].filter(Boolean).join(' · '),
          },
          ...(item.finding ? [{ name: t('unit.found'), value: item.finding.what }] : []),
          ...(item.former.length > 0 ? [{ name: t('unit.former'), value: format.list(item.former.map(linked)) }] : []),
          { name: t('unit.measure'), value: item.measure },
          { name: t('unit.owner'), value: item.owner },
          { name: t('unit.due'), value: item.due && format.plainDay(item.due) },
          ...(item.publicAnswer ? [{ name: t('unit.publicAnswer'), value: item.publicAnswer }] : []),
          ...(item.carriedTo ? [{ name: t('unit.carriedTo'), value: linked(item.carriedTo) }] : []),
          ...(item.endedAt ? [{ name: t('unit.ended'), value: format.dayTime(item.endedAt) }] : []),
        ]}
      />
      <Typography variant="h3" component="h3" sx={{ mt: 3, mb: 1 }}>
        {t('unit.acts')}
      </Typography>
      {item.acts.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('unit.noActs')}
        </Typography>
      )}
      <Box component="ol" sx={{ m: 0, pl: 2.5 }}>
        {item.acts.map((act) => (
          <Typography component="li" variant="body2" key={`${act.at} ${act.action}`} sx={{ mb: 0.5 }}>
            <b>{text(act.block)}</b> · {[act.by?.name, format.dayTime(act.at), act.reason].filter(Boolean).join(' · ')}
          </Typography>
        ))}
      </Box>
    </>
  );
}
