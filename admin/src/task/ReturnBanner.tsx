import Undo from '@mui/icons-material/ReplyOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { TaskDetail } from '../api/types.ts';
import { useFormat } from '../i18n/format.ts';
import { useT } from '../i18n/useT.ts';

/** Why it came back, in the words of who sent it back: the first thing to read. */
export function ReturnBanner({ reason }: { reason: NonNullable<TaskDetail['returnReason']> }) {
  const t = useT();
  const format = useFormat();
  return (
    <Box
      role="note"
      sx={(theme) => ({
        display: 'flex',
        gap: 1.5,
        p: 2,
        borderRadius: 1,
        backgroundColor: theme.tones.soonSoft,
        mb: 2,
      })}
    >
      <Undo sx={{ color: 'warning.main', fontSize: 22 }} />
      <Box sx={{ minWidth: 0 }}>
        <Typography variant="body2" sx={(theme) => ({ fontWeight: 600, color: theme.tones.soon })}>
          {t('task.returned', { name: reason.by?.name ?? t('cases.system') })}
          <Box component="span" sx={{ fontWeight: 400, ml: 1 }}>
            {format.ago(reason.at)}
          </Box>
        </Typography>
        <Typography sx={{ whiteSpace: 'pre-line', mt: 0.25 }}>{reason.reason}</Typography>
      </Box>
    </Box>
  );
}
