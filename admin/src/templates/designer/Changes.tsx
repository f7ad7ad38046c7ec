import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import type { Json } from '../../../../workflows/json.ts';
import { type Difference, diffTemplates } from '../../../../workflows/template/diff.ts';
import { useFormat } from '../../i18n/format.ts';
import { useT, useText } from '../../i18n/useT.ts';
import { Tag, type Tone } from '../../ui/Tag.tsx';

const TONES: Record<Difference['kind'], Tone> = { added: 'done', removed: 'late', moved: 'calm', changed: 'soon' };

/** What makes one version differ from another, in words. */
export function Changes({
  before,
  after,
  most = Number.POSITIVE_INFINITY,
}: {
  before: Json;
  after: Json;
  most?: number;
}) {
  const t = useT();
  const differences = useMemo(() => diffTemplates(before, after), [before, after]);
  const count = (kind: Difference['kind']) => differences.filter((one) => one.kind === kind).length;
  if (differences.length === 0) return <Typography color="text.secondary">{t('designer.compare.none')}</Typography>;
  return (
    <>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1 }}>
        {t('designer.compare.counts', {
          added: count('added'),
          removed: count('removed'),
          moved: count('moved'),
          changed: count('changed'),
        })}
      </Typography>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {differences.slice(0, most).map((one) => (
          <Row key={`${one.kind}${one.what}${one.key}`} difference={one} />
        ))}
        {differences.length > most && <li>…</li>}
      </Box>
    </>
  );
}

function Row({ difference }: { difference: Difference }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { kind, name, key, what, place, from, entries } = difference;
  return (
    <Box component="li" sx={{ py: 1, '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}>
      <Tag tone={TONES[kind]}>{t(`designer.diff.${kind}`)}</Tag>{' '}
      <Typography component="span" variant="body2" sx={{ fontWeight: 600 }}>
        {text(name)}
      </Typography>
      {what === 'block' && (
        <Typography component="span" variant="caption" color="text.secondary">
          {format.paren(key)}
        </Typography>
      )}{' '}
      {place && (
        <Typography component="span" variant="caption" color="text.secondary">
          {from ? t('designer.diff.fromTo', { from: text(from), to: text(place) }) : text(place)}
        </Typography>
      )}
      {entries.length > 0 && (
        <Box component="ul" sx={{ m: 0, mt: 0.5, pl: 2.5 }}>
          {entries.map((entry) => (
            <Typography
              component="li"
              variant="body2"
              key={`${entry.kind}${entry.where.en}`}
              sx={{ overflowWrap: 'anywhere' }}
            >
              {text(entry.where)}
              {t('designer.diff.colon')}{' '}
              {entry.kind === 'changed' ? (
                <>
                  <Box component="del" sx={{ color: 'text.secondary' }}>
                    {text(entry.before)}
                  </Box>{' '}
                  →{' '}
                  <Box component="ins" sx={{ textDecoration: 'none', fontWeight: 500 }}>
                    {text(entry.after)}
                  </Box>
                </>
              ) : (
                <>
                  {t(`designer.diff.${entry.kind}`)} {text(entry.after ?? entry.before)}
                </>
              )}
            </Typography>
          ))}
        </Box>
      )}
    </Box>
  );
}
