import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { useFormat } from '../i18n/format.ts';

export interface Happened {
  at: string;
  what: string;
  by?: string | undefined;
  text?: string | undefined;
}

/** What happened to something, oldest first. */
export function History({ title, items }: { title?: string; items: readonly Happened[] }) {
  const format = useFormat();
  if (items.length === 0) return null;
  return (
    <Box component="section">
      {title && (
        <Typography variant="body2" component="h3" sx={{ fontWeight: 600, mb: 0.5 }}>
          {title}
        </Typography>
      )}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 0.75 }}>
        {items.map(({ at, what, by, text }) => (
          <Typography component="li" variant="body2" key={`${at} ${what} ${text}`} sx={{ overflowWrap: 'anywhere' }}>
            <Typography component="span" variant="caption" color="text.secondary">
              {format.dayTime(at)}
            </Typography>{' '}
            {[by, what].filter(Boolean).join(' · ')}
            {text && <div>{text}</div>}
          </Typography>
        ))}
      </Box>
    </Box>
  );
}
