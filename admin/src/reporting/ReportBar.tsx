import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useT } from '../i18n/useT.ts';
import type { Report } from './useReport.ts';

/** Sends what is typed, all or nothing; says what must be changed first, and where the draft is. */
export function ReportBar({ report }: { report: Report }) {
  const t = useT();
  const refused = Object.keys(report.refusals).length;
  const wrong = report.flaws.length + refused;
  return (
    <Box className="no-print" sx={bar}>
      <Box sx={{ flex: 1, minWidth: 0 }}>
        {wrong > 0 && (
          <Typography variant="caption" component="div" color="error" role="alert">
            {t('unit.flaws', { smart_count: wrong })}
          </Typography>
        )}
        <Typography variant="caption" component="div" color="text.secondary" role="status">
          {t(report.drafted ? 'unit.kept' : 'unit.nothingTyped')}
        </Typography>
      </Box>
      {report.drafted && (
        <Button size="small" onClick={report.drop}>
          {t('unit.dropDraft')}
        </Button>
      )}
      <Button
        variant="contained"
        disabled={report.count === 0 || report.flaws.length > 0 || report.sending.isPending}
        onClick={() => report.sending.mutate()}
        sx={{ minHeight: { xs: 44, sm: 38 } }}
      >
        {t('unit.submit', { smart_count: report.count })}
      </Button>
    </Box>
  );
}

/** Above the row of a phone that leads elsewhere. */
const bar = {
  position: 'sticky',
  bottom: { xs: 'calc(58px + env(safe-area-inset-bottom))', md: 0 },
  zIndex: 5,
  display: 'flex',
  flexWrap: 'wrap',
  alignItems: 'center',
  gap: 1.5,
  mt: 2,
  mx: { xs: -2, sm: 0 },
  px: { xs: 2, sm: 2.5 },
  py: 1.25,
  backgroundColor: 'background.paper',
  border: '1px solid',
  borderColor: 'divider',
  borderRadius: { xs: 0, sm: 1 },
  borderInlineWidth: { xs: 0, sm: 1 },
} as const;
