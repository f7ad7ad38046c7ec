import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { Dashboard } from '../api/types.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { Tag } from '../ui/Tag.tsx';
import { filterOf } from './Funnel.tsx';
import { Bar } from './Progress.tsx';

/** At which step the cases stand, the fullest first: where the work piles up. */
export function Blocks({ blocks }: { blocks: Dashboard['blocks'] }) {
  const t = useT();
  const text = useText();
  const most = Math.max(1, ...blocks.map(({ cases }) => cases));
  const ordered = [...blocks].sort((a, b) => b.cases - a.cases);
  return (
    <Panel title={t('cycles.blocks')}>
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {ordered.map((block) => (
          <Box
            component="li"
            key={block.block}
            sx={{
              display: 'grid',
              gridTemplateColumns: { xs: 'minmax(0, 1fr) auto', sm: 'minmax(0, 15em) 1fr 3.5em 6em' },
              gap: 1.5,
              alignItems: 'center',
              py: 0.625,
            }}
          >
            <Typography
              variant="body2"
              component={Link}
              to={`?view=cases&filter=${filterOf({ block: block.block })}`}
              noWrap
            >
              {text(block.name)}
            </Typography>
            <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
              <Bar share={block.cases / most} tone="calm" />
            </Box>
            <Typography variant="body2" sx={{ textAlign: 'right', fontWeight: 600 }}>
              {block.cases}
            </Typography>
            <Box sx={{ gridColumn: { xs: '1 / -1', sm: 'auto' }, textAlign: { sm: 'right' }, mt: { xs: -1, sm: 0 } }}>
              {block.overdue > 0 && (
                <Tag tone="late">
                  {t('cycles.overdue')} {block.overdue}
                </Tag>
              )}
            </Box>
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
