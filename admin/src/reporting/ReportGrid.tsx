import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { useState } from 'react';
import { problemOf } from '../api/problem.ts';
import { useT } from '../i18n/useT.ts';
import { useIndicatorName } from '../indicators/words.ts';
import { ProblemAlert } from '../ui/ProblemAlert.tsx';
import type { OwnUnit, UnitCycle } from '../unit/api.ts';
import { EvidenceDialog } from './EvidenceDialog.tsx';
import { evidenceOf } from './entries.ts';
import { ReportBar } from './ReportBar.tsx';
import { ReportRow } from './ReportRow.tsx';
import { useReport } from './useReport.ts';

interface Props {
  cycle: UnitCycle;
  unit: OwnUnit['unit'];
  period: string;
}

/** All values of a period, typed or pasted into one grid, checked at their cells, sent together. */
export function ReportGrid({ cycle, unit, period }: Props) {
  const t = useT();
  const nameOf = useIndicatorName();
  const narrow = useMediaQuery('(max-width: 800px)');
  const report = useReport(cycle.id, period);
  const [attaching, setAttaching] = useState<string>();
  const { values, rows, sending } = report;
  if (values.isPending) return <Skeleton variant="rounded" height={320} />;
  if (values.error) return <ProblemAlert error={values.error} onRetry={() => void values.refetch()} />;
  const attachedTo = rows.find(({ id }) => id === attaching);
  const whole = sending.error && problemOf(sending.error).errors.length === 0 ? sending.error : undefined;
  const heads = [
    t('unit.indicator'),
    t('unit.before'),
    t('unit.valueHead'),
    t('unit.unitHead'),
    t('unit.noteHead'),
    t('unit.evidenceHead'),
  ];
  const cells = rows.map((row, at) => (
    <ReportRow
      key={row.id}
      at={at}
      row={row}
      report={report}
      narrow={narrow}
      withUnit={row.org.id !== unit.id}
      onAttach={() => setAttaching(row.id)}
    />
  ));
  return (
    <Box>
      <Typography variant="body2" color="text.secondary" sx={{ mb: 1.5 }}>
        {t('unit.reportHelp')}
      </Typography>
      {whole ? <ProblemAlert error={whole} /> : null}
      {narrow ? (
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5 }}>
          {cells}
        </Box>
      ) : (
        <Box sx={{ overflowX: 'auto' }}>
          <Box component="table" sx={sheet}>
            <thead>
              <tr>
                {heads.map((head, at) => (
                  <Box component="th" scope="col" key={head} sx={{ width: WIDTHS[at] }}>
                    {head}
                  </Box>
                ))}
              </tr>
            </thead>
            <tbody>{cells}</tbody>
          </Box>
        </Box>
      )}
      <ReportBar report={report} />
      {attachedTo && (
        <EvidenceDialog
          indicatorId={attachedTo.id}
          name={nameOf(attachedTo)}
          chosen={evidenceOf(attachedTo, report.entries[attachedTo.id])}
          onChoose={(ids) => report.change(attachedTo.id, 'evidence', ids)}
          onClose={() => setAttaching(undefined)}
        />
      )}
    </Box>
  );
}

const WIDTHS = ['auto', 110, 150, 100, '24%', 120];

const sheet = (theme: Theme) => ({
  width: '100%',
  minWidth: 820,
  tableLayout: 'fixed' as const,
  borderCollapse: 'collapse' as const,
  fontSize: '0.875rem',
  backgroundColor: 'background.paper',
  '& th, & td': { border: `1px solid ${theme.palette.divider}`, p: 0, verticalAlign: 'middle', textAlign: 'left' },
  '& thead th': {
    px: 1.25,
    py: 0.75,
    fontSize: '0.8125rem',
    fontWeight: 500,
    color: 'text.secondary',
    backgroundColor: theme.tones.faint,
  },
  '& tbody th': { px: 1.25, py: 0.75, fontWeight: 400 },
  '& td:focus-within': { boxShadow: `inset 0 0 0 2px ${theme.palette.primary.main}` },
});
