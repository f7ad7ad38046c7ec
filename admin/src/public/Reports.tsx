import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import type { PublicCycle } from './types.ts';

/** Published reports, in the words of those who wrote them. */
export function Reports({ cycle }: { cycle: PublicCycle }) {
  const text = useText();
  return (
    <Stack spacing={2}>
      {cycle.texts.map(({ name, org, text: words }) => (
        <Panel key={`${name.zh}${org?.id}`} title={text(name)} note={org?.name}>
          <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{words}</Typography>
        </Panel>
      ))}
    </Stack>
  );
}
