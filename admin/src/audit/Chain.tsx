import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import { useFormat } from '../i18n/format.ts';
import { useKnown } from '../i18n/known.ts';
import { useT } from '../i18n/useT.ts';
import { MONO } from '../theme/theme.ts';
import { Facts } from '../ui/Facts.tsx';
import { Panel } from '../ui/Panel.tsx';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import { useAuditState, useVerify, type Verification } from './api.ts';

/** Where the chain stands, up to where it is signed for, and whether it is whole. */
export function Chain() {
  const t = useT();
  const format = useFormat();
  const { data } = useAuditState();
  const verify = useVerify();
  const checkpoint = data?.checkpoint;
  return (
    <Panel
      title={t('audit.chain')}
      action={
        <Button size="small" variant="outlined" disabled={verify.isPending} onClick={() => verify.mutate()}>
          {t(verify.isPending ? 'audit.verifying' : 'audit.verify')}
        </Button>
      }
    >
      <Stack spacing={2}>
        {data && !data.restricted && <Alert severity="warning">{t('audit.unrestricted')}</Alert>}
        {data && (
          <Facts
            items={[
              { name: t('audit.rows'), value: format.number(data.rows) },
              {
                name: t('audit.checkpoint'),
                value: checkpoint
                  ? t('audit.checkpointOf', { n: checkpoint.n, at: format.dayTime(checkpoint.at) })
                  : t('audit.noCheckpoint'),
              },
              { name: t('audit.since'), value: format.number(data.sinceCheckpoint) },
              ...(checkpoint ? [{ name: t('audit.checkpointHash'), value: <Hash text={checkpoint.hash} /> }] : []),
            ]}
          />
        )}
        {verify.error && <ProblemAlert error={verify.error} />}
        <Box role="status">{verify.data && <Verdict result={verify.data} />}</Box>
      </Stack>
    </Panel>
  );
}

function Hash({ text }: { text: string }) {
  return (
    <Box component="span" sx={{ fontFamily: MONO, fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
      {text}
    </Box>
  );
}

const SHOWN = 20;

function Verdict({ result }: { result: Verification }) {
  const t = useT();
  const known = useKnown();
  const { ok, rows, events, broken, more, anchor, unanchored } = result;
  return (
    <Alert severity={ok ? 'success' : 'error'}>
      {ok ? t('audit.whole', { rows, events }) : t('audit.broken', { count: broken.length + more })}
      {!ok && (
        <Box component="ul" sx={{ pl: 2.5, my: 1 }}>
          {broken.slice(0, SHOWN).map((one) => (
            <li key={`${one.stripe} ${one.seq} ${one.what} ${one.detail}`}>
              {known('audit.what', one.what)} {one.stripe === null ? '' : `${one.stripe}-${one.seq}`} · {one.detail}
            </li>
          ))}
        </Box>
      )}
      <Box>{anchor ? t('audit.limit', { n: anchor.n, unanchored }) : t('audit.noLimit')}</Box>
    </Alert>
  );
}
