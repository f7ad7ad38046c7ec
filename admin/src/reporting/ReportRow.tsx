import Attach from '@mui/icons-material/AttachFileOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Stack from '@mui/material/Stack';
import type { Theme } from '@mui/material/styles';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import { cleanDecimal } from '../form/decimal.ts';
import { useT, useText } from '../i18n/useT.ts';
import type { Value } from '../indicators/types.ts';
import { ValueStateTag } from '../indicators/ValueStateTag.tsx';
import { useIndicatorName } from '../indicators/words.ts';
import { type Cell, evidenceOf, flawsOf, shownIn } from './entries.ts';
import { GridCell } from './GridCell.tsx';
import { useFlawWords } from './useFlawWords.ts';
import type { Report } from './useReport.ts';

interface Props {
  at: number;
  row: Value;
  report: Report;
  narrow: boolean;
  withUnit: boolean;
  onAttach: () => void;
}

/** One value: a line of the grid, or on a phone a card. */
export function ReportRow(props: Props) {
  const { row, report, withUnit } = props;
  const t = useT();
  const text = useText();
  const words = useFlawWords();
  const entry = report.entries[row.id];
  const flaws = flawsOf(row, entry);
  const errorAt = (cell: Cell | 'evidence'): string | undefined => {
    const flaw = flaws[cell];
    return flaw ? words(flaw) : text(report.refusals[`${row.id}.${cell}`]) || undefined;
  };
  const fixed = !row.can.includes('report');
  const name = useIndicatorName()(row);
  // The same indicator may stand here for several units.
  const whose = withUnit ? `${row.org.name} ${name}` : name;
  const label = (column: string) => t('unit.cell', { indicator: whose, column });
  const files = evidenceOf(row, entry).length;
  const attachWords = files > 0 ? t('unit.filesCount', { smart_count: files }) : t('unit.addFiles');
  const attach = (
    <Button
      size="small"
      disabled={fixed}
      color={errorAt('evidence') ? 'error' : 'primary'}
      startIcon={<Attach />}
      aria-label={`${attachWords} ${whose}`}
      onClick={props.onAttach}
      sx={{ minHeight: { xs: 44, sm: 36 }, px: 1 }}
    >
      {attachWords}
    </Button>
  );
  const parts = { ...props, errorAt, fixed, label, attach };
  return props.narrow ? <Card {...parts} /> : <Line {...parts} />;
}

type Parts = Props & {
  errorAt: (cell: Cell | 'evidence') => string | undefined;
  fixed: boolean;
  label: (column: string) => string;
  attach: React.ReactNode;
};

function Name({ row, withUnit }: Pick<Props, 'row' | 'withUnit'>) {
  const t = useT();
  const name = useIndicatorName()(row);
  return (
    <>
      <Stack direction="row" useFlexGap sx={{ gap: 0.75, flexWrap: 'wrap', alignItems: 'center' }}>
        <Box component={Link} to={`/indicators/${row.id}`} sx={{ color: 'text.primary', fontWeight: 500 }}>
          {name}
        </Box>
        <ValueStateTag value={row} />
      </Stack>
      <Typography variant="caption" color="text.secondary" component="div">
        {[
          withUnit && row.org.name,
          row.code,
          row.state === 'returned' && row.reason && t('unit.why', { text: row.reason }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Typography>
    </>
  );
}

function Line({ at, row, report, withUnit, errorAt, fixed, label, attach }: Parts) {
  const t = useT();
  const heads: Record<Cell, string> = {
    value: t('unit.valueHead'),
    unit: t('unit.unitHead'),
    note: t('unit.noteHead'),
  };
  const wrong = (error: string | undefined) =>
    error ? { boxShadow: (theme: Theme) => `inset 0 0 0 1px ${theme.palette.error.main}` } : {};
  const typed = (cell: Cell) => (
    <Box component="td" sx={wrong(errorAt(cell))}>
      <GridCell
        row={at}
        cell={cell}
        label={label(heads[cell])}
        value={shownIn(row, report.entries[row.id], cell)}
        error={errorAt(cell)}
        disabled={fixed}
        onChange={(value) => report.change(row.id, cell, value)}
        onPaste={(text) => report.paste(at, cell, text)}
      />
      <Told error={errorAt(cell)} />
    </Box>
  );
  return (
    <tr>
      <th scope="row">
        <Name row={row} withUnit={withUnit} />
      </th>
      <Box component="td" sx={{ px: '10px !important', textAlign: 'right !important', color: 'text.secondary' }}>
        {row.previous ?? '—'}
      </Box>
      {typed('value')}
      {typed('unit')}
      {typed('note')}
      <Box component="td" sx={wrong(errorAt('evidence'))}>
        {attach}
        <Told error={errorAt('evidence')} />
      </Box>
    </tr>
  );
}

/** What is wrong, below what is wrong. */
function Told({ error }: { error: string | undefined }) {
  if (!error) return null;
  return (
    <Typography variant="caption" color="error" component="div" sx={{ px: 1.25, pb: 0.5 }}>
      {error}
    </Typography>
  );
}

function Card({ row, report, withUnit, errorAt, fixed, label, attach }: Parts) {
  const t = useT();
  const entry = report.entries[row.id];
  const value = shownIn(row, entry, 'value');
  return (
    <Paper component="li" variant="outlined" sx={{ p: 2 }}>
      <Name row={row} withUnit={withUnit} />
      <Stack spacing={1.5} sx={{ mt: 1.5 }}>
        <TextField
          label={`${t('unit.valueHead')} (${row.unit})`}
          value={value}
          disabled={fixed}
          error={errorAt('value') !== undefined || errorAt('unit') !== undefined}
          helperText={errorAt('value') ?? errorAt('unit') ?? (row.previous && `${t('unit.before')} ${row.previous}`)}
          onChange={(event) => report.change(row.id, 'value', event.target.value)}
          onBlur={() => cleanDecimal(value) !== value && report.change(row.id, 'value', cleanDecimal(value))}
          slotProps={{
            htmlInput: { inputMode: 'decimal', autoComplete: 'off', 'aria-label': label(t('unit.valueHead')) },
          }}
        />
        <TextField
          label={t('unit.noteHead')}
          value={shownIn(row, entry, 'note')}
          disabled={fixed}
          error={errorAt('note') !== undefined}
          helperText={errorAt('note')}
          onChange={(event) => report.change(row.id, 'note', event.target.value)}
          slotProps={{ htmlInput: { 'aria-label': label(t('unit.noteHead')) } }}
        />
        <Box>
          {attach}
          <Told error={errorAt('evidence')} />
        </Box>
      </Stack>
    </Paper>
  );
}
