import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Stack from '@mui/material/Stack';
import { type ComponentType, type ReactNode, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Waiting } from '../layout/Waiting.tsx';

export interface Part<Props> {
  key: string;
  name: string;
  /** How many of it wait for a decision. */
  count?: number | undefined;
  view: ComponentType<Props>;
}

interface Props<Shown extends object> {
  /** The tab that the parts belong to. */
  view: string;
  label: string;
  parts: readonly Part<Shown>[];
  props: Shown;
  /** What can be done with whichever part is shown. */
  actions?: ReactNode;
}

/** A view of a cycle in several parts, chosen by a second row; which one is shown is in the address. */
export function Parts<Shown extends object>({ view, label, parts, props, actions }: Props<Shown>) {
  const [params, setParams] = useSearchParams();
  const part = parts.find(({ key }) => key === params.get('part')) ?? parts[0];
  if (!part) return null;
  return (
    <Stack spacing={2.5}>
      {(parts.length > 1 || actions) && (
        <Stack direction="row" useFlexGap className="no-print" sx={{ gap: 1, flexWrap: 'wrap' }}>
          <Stack
            component="nav"
            aria-label={label}
            direction="row"
            useFlexGap
            sx={{ gap: 1, flexWrap: 'wrap', flex: 1, visibility: parts.length > 1 ? 'visible' : 'hidden' }}
          >
            {parts.map(({ key, name, count }) => (
              <Chip
                key={key}
                label={count ? `${name} ${count}` : name}
                color={key === part.key ? 'primary' : 'default'}
                variant={key === part.key ? 'filled' : 'outlined'}
                aria-current={key === part.key}
                onClick={() => setParams({ view, part: key }, { replace: true })}
              />
            ))}
          </Stack>
          {actions}
        </Stack>
      )}
      <Box>
        <Suspense fallback={<Waiting />}>
          <part.view {...props} />
        </Suspense>
      </Box>
    </Stack>
  );
}
