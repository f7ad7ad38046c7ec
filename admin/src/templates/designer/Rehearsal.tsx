import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import { valueName } from '../../../../workflows/template/words/index.ts';
import type { Text } from '../../api/types.ts';
import { ChartPanel } from '../../chart/ChartPanel.tsx';
import type { ChartTable } from '../../chart/table.ts';
import { useFormat } from '../../i18n/format.ts';
import { useT, useText } from '../../i18n/useT.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Tag, type Tone } from '../../ui/Tag.tsx';

interface Row {
  block: string;
  name: Text;
  track: 'participant' | 'cycle';
  item: string | null;
  rung: number;
  do: string;
  offset: number | null;
  colour?: string;
  points?: string;
  day: string | null;
  provisional: boolean;
  fired: boolean;
  who: Text[];
  remark?: Text;
}

export interface RehearsalResult {
  rungs: number;
  fired: number;
  unfired: number;
  unheard: number;
  provisional: number;
  knownUntil: string;
  unreached: { block: string; name: Text; reason: Text }[];
  rows: Row[];
}

const TONES: Record<string, Tone> = {
  remind: 'calm',
  head: 'soon',
  superior: 'soon',
  office: 'soon',
  supervise: 'late',
  deduct: 'late',
  transfer: 'late',
};

/** What a rehearsal saw: every reminder and rung on its day, and what did not come about. */
export function Rehearsal({ result }: { result: RehearsalResult }) {
  const t = useT();
  const text = useText();
  const { rungs, fired, unfired, unheard, provisional, knownUntil, unreached, rows } = result;
  const words = useRowWords();
  const table: ChartTable = {
    columns: (['block', 'date', 'rung', 'does', 'who', 'state'] as const).map((one) => t(`designer.trial.${one}`)),
    rows: rows.map((row) => [
      words.place(row),
      row.day ?? '',
      words.rung(row),
      words.does(row),
      words.who(row),
      words.state(row),
    ]),
  };
  return (
    <>
      <Stack direction="row" useFlexGap spacing={1} sx={{ flexWrap: 'wrap' }} role="status">
        <Tag tone={unfired > 0 ? 'late' : 'done'}>{t('designer.trial.firedCount', { rungs, fired })}</Tag>
        {unfired > 0 && <Tag tone="late">{t('designer.trial.unfired', { n: unfired })}</Tag>}
        {unheard > 0 && <Tag tone="soon">{t('designer.trial.unheard', { n: unheard })}</Tag>}
        {provisional > 0 && <Tag>{t('designer.trial.provisional', { n: provisional, day: knownUntil })}</Tag>}
      </Stack>
      {unreached.length > 0 && (
        <Panel title={t('designer.trial.unreached')}>
          {unreached.map(({ block, name, reason }) => (
            <Alert key={block} severity="warning" variant="outlined" sx={{ mb: 1 }}>
              {text(name)}：{text(reason)}
            </Alert>
          ))}
        </Panel>
      )}
      <ChartPanel title={t('designer.trial.fired')} table={table}>
        <Timeline rows={rows} />
      </ChartPanel>
    </>
  );
}

function useRowWords() {
  const t = useT();
  const text = useText();
  const format = useFormat();
  return {
    place: (row: Row) =>
      `${text(row.name)}${row.item ? ` ${row.item}` : ''}${row.track === 'cycle' ? format.paren(t('designer.perCycle')) : ''}`,
    rung: ({ offset }: Row) =>
      offset === null
        ? ''
        : offset === 0
          ? t('designer.trial.atDeadline')
          : t(offset < 0 ? 'designer.trial.before' : 'designer.trial.after', { n: Math.abs(offset) }),
    does: (row: Row) =>
      [text(valueName('do', row.do)), row.colour ? text(valueName('colour', row.colour)) : '', row.points ?? '']
        .filter(Boolean)
        .join(' '),
    who: (row: Row) => (row.who.length > 0 ? format.list(row.who.map((one) => text(one))) : ''),
    state: (row: Row) =>
      row.fired
        ? row.remark
          ? text(row.remark)
          : t('designer.trial.yes')
        : `${t('designer.trial.no')} ${text(row.remark)}`,
  };
}

/** Everything that fired, by the day and the month. */
function Timeline({ rows }: { rows: Row[] }) {
  const t = useT();
  const format = useFormat();
  const words = useRowWords();
  const months = useMemo(() => {
    const sorted = rows.toSorted((a, b) => (a.day ?? '9999').localeCompare(b.day ?? '9999'));
    const found = new Map<string, Row[]>();
    for (const row of sorted) {
      const month = row.day?.slice(0, 7) ?? '';
      found.set(month, [...(found.get(month) ?? []), row]);
    }
    return [...found];
  }, [rows]);
  return (
    <Box>
      {months.map(([month, inside]) => (
        <Box key={month} component="section" sx={{ mb: 2 }}>
          <Typography variant="h3" component="h3" sx={{ mb: 0.5 }}>
            {month || t('designer.trial.noDate')}
          </Typography>
          <Box
            component="ol"
            sx={(theme) => ({ listStyle: 'none', m: 0, pl: 2, borderLeft: `2px solid ${theme.tones.line}` })}
          >
            {inside.map((row) => (
              <Box
                component="li"
                key={`${row.block}${row.item}${row.rung}${row.day}`}
                sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'baseline', py: 0.5 }}
              >
                <Typography variant="body2" sx={{ minWidth: 72, fontVariantNumeric: 'tabular-nums' }}>
                  {row.day ? format.plainDay(row.day) : '—'}
                </Typography>
                <Tag tone={row.fired ? (TONES[row.do] ?? 'plain') : 'late'}>{words.does(row)}</Tag>
                <Typography variant="body2">{words.place(row)}</Typography>
                <Typography variant="caption" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
                  {[words.rung(row), words.who(row), row.provisional ? t('designer.trial.temporary') : '']
                    .filter(Boolean)
                    .join(' · ')}
                </Typography>
                {(!row.fired || row.remark) && <Tag tone={row.fired ? 'soon' : 'late'}>{words.state(row)}</Tag>}
              </Box>
            ))}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
