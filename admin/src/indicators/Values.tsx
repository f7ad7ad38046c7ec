import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useRead } from '../unit/api.ts';
import type { Change, IndicatorDetail, Value } from './types.ts';
import { ValueStateTag } from './ValueStateTag.tsx';

/** The values period by period, reported beside verified, and below each how it came to be what it is. */
export function Values({ indicator }: { indicator: IndicatorDetail }) {
  const t = useT();
  const narrow = useMediaQuery('(max-width: 700px)');
  const { data, error, refetch } = useRead<{ items: Change[] }>(`/assigned-indicators/${indicator.id}/changes`);
  return (
    <Panel title={t('unit.values')} note={indicator.unit} flush>
      {error ? <ProblemAlert error={error} onRetry={() => void refetch()} /> : null}
      <Box sx={{ overflowX: 'auto' }} tabIndex={0} role="region" aria-label={t('unit.values')}>
        <Table size="small">
          <TableHead>
            <TableRow>
              <TableCell>{t('unit.period')}</TableCell>
              <TableCell align="right">{t('unit.reported')}</TableCell>
              <TableCell align="right">{t('unit.verified')}</TableCell>
              {!narrow && <TableCell>{t('unit.history')}</TableCell>}
            </TableRow>
          </TableHead>
          <TableBody>
            {indicator.values.map((value) => (
              <Row
                key={value.period}
                value={value}
                narrow={narrow}
                changes={(data?.items ?? []).filter(({ period }) => period === value.period)}
              />
            ))}
          </TableBody>
        </Table>
      </Box>
    </Panel>
  );
}

function Row({ value, changes, narrow }: { value: Value; changes: Change[]; narrow: boolean }) {
  const differs = value.verified !== undefined && value.reported !== undefined && value.verified !== value.reported;
  const history = <History value={value} changes={changes} />;
  return (
    <>
      <TableRow sx={{ verticalAlign: 'top', ...(narrow ? { '& td, & th': { border: 0 } } : LAST) }}>
        <TableCell component="th" scope="row" sx={{ whiteSpace: 'nowrap' }}>
          <Stack spacing={0.5} sx={{ alignItems: 'flex-start' }}>
            <span>{value.period}</span>
            <ValueStateTag value={value} />
          </Stack>
        </TableCell>
        <TableCell align="right" sx={differs ? { color: 'text.secondary' } : {}}>
          {differs ? <s>{value.reported}</s> : (value.reported ?? '—')}
        </TableCell>
        <TableCell align="right" sx={{ fontWeight: 600 }}>
          {value.verified ?? '—'}
        </TableCell>
        {!narrow && <TableCell>{history}</TableCell>}
      </TableRow>
      {narrow && (
        <TableRow sx={LAST}>
          <TableCell colSpan={3} sx={{ pt: 0 }}>
            {history}
          </TableCell>
        </TableRow>
      )}
    </>
  );
}

const LAST = { '&:last-child td, &:last-child th': { border: 0 } };

/** Every change of a value, the latest first: what it became, who did it, and why. */
function History({ value, changes }: { value: Value; changes: Change[] }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  if (changes.length === 0)
    return (
      <Typography variant="caption" color="text.secondary">
        {t('unit.dueOn', { day: format.plainDay(value.dueOn) })}
      </Typography>
    );
  const figure = ({ action, reported, verified }: Change) => (action === 'reported' ? reported : verified);
  return (
    <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {changes.toReversed().map((change) => {
        const action = ACTIONS.find((one) => one === change.action);
        return (
          <Typography component="li" variant="caption" key={change.revision} sx={{ display: 'block' }}>
            <b>{[action ? t(`unit.action.${action}`) : change.action, figure(change)].filter(Boolean).join(' ')}</b>{' '}
            {[
              change.by?.name ?? change.token ?? t('unit.system'),
              format.dayTime(change.at),
              change.reason && t('unit.why', { text: change.reason }),
              change.note && text(change.note),
              change.evidence.length > 0 && t('unit.evidence', { smart_count: change.evidence.length }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Typography>
        );
      })}
    </Box>
  );
}

const ACTIONS = ['reported', 'verified', 'returned', 'retrieved', 'computed', 'corrected'] as const;
