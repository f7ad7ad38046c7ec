import ErrorIcon from '@mui/icons-material/ErrorOutlineOutlined';
import WarningIcon from '@mui/icons-material/WarningAmberOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Finding } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { MONO } from '../theme/theme.ts';
import { Panel } from '../ui/Panel.tsx';
import { Tag } from '../ui/Tag.tsx';

interface Props {
  findings: Finding[];
  busy?: boolean;
  onJump?: (path: string) => void;
}

/** What the linter found: where, why, and what would put it right. */
export function Findings({ findings, busy = false, onJump }: Props) {
  const t = useT();
  const text = useText();
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.length - errors.length;
  const note = (
    <Stack direction="row" spacing={0.75} component="span" aria-live="polite">
      {busy && <span>{t('templates.checking')}</span>}
      {errors.length > 0 && <Tag tone="late">{t('templates.errors', { smart_count: errors.length })}</Tag>}
      {warnings > 0 && <Tag tone="soon">{t('templates.warnings', { smart_count: warnings })}</Tag>}
    </Stack>
  );
  return (
    <Panel title={t('templates.findings')} note={note}>
      {findings.length === 0 && <Typography color="text.secondary">{t('templates.clean')}</Typography>}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {[...errors, ...findings.filter(({ severity }) => severity === 'warning')].map((finding) => (
          <Stack
            component="li"
            key={finding.id + finding.path}
            direction="row"
            spacing={1.25}
            sx={{ py: 1, '& + &': { borderTop: '1px solid', borderColor: 'divider' } }}
          >
            {finding.severity === 'error' ? (
              <ErrorIcon color="error" sx={{ fontSize: 20, mt: 0.25 }} />
            ) : (
              <WarningIcon color="warning" sx={{ fontSize: 20, mt: 0.25 }} />
            )}
            <Box sx={{ minWidth: 0, flex: 1 }}>
              <Typography variant="body2">{text(finding.reason)}</Typography>
              <Typography variant="caption" color="text.secondary" component="div">
                {text(finding.hint)}
              </Typography>
              <Box
                component="code"
                sx={{ fontFamily: MONO, fontSize: '0.75rem', color: 'text.secondary', overflowWrap: 'anywhere' }}
              >
                {finding.path}
              </Box>
            </Box>
            {onJump && (
              <Button size="small" onClick={() => onJump(finding.path)} sx={{ alignSelf: 'flex-start' }}>
                {t('templates.jump')}
              </Button>
            )}
          </Stack>
        ))}
      </Box>
    </Panel>
  );
}
