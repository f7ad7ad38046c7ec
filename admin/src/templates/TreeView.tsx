import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { useMemo } from 'react';
import type { TemplateVersion } from '../api/types.ts';
import { PhaseTree } from '../flow/PhaseTree.tsx';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Facts } from '../ui/Facts.tsx';
import { Panel } from '../ui/Panel.tsx';
import { Findings } from './Findings.tsx';
import { treeOfTemplate } from './tree.ts';

/** The template as a tree of blocks, with what it is about beside it. */
export function TreeView({ template }: { template: TemplateVersion }) {
  const t = useT();
  const text = useText();
  const format = useFormat();
  const { content } = template;
  const phases = useMemo(() => treeOfTemplate(content), [content]);
  const roles = Object.values(content.roles ?? {}).map(({ name }) => text(name));
  const categories = Object.values(content.categories ?? {}).map(
    ({ name, ranked }) => `${text(name)}${format.paren(t(ranked ? 'templates.ranked' : 'templates.unranked'))}`,
  );
  return (
    <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: { lg: 'minmax(0, 1fr) 360px' }, alignItems: 'start' }}>
      <Panel title={t('templates.tree')}>
        <PhaseTree phases={phases} plain />
      </Panel>
      <Stack spacing={2}>
        {(template.status === 'draft' || template.findings.length > 0) && <Findings findings={template.findings} />}
        <Panel title={t('templates.about')}>
          {content.description && (
            <Typography variant="body2" sx={{ mb: 2 }}>
              {text(content.description)}
            </Typography>
          )}
          <Facts
            stacked
            items={[
              { name: t('templates.roles'), value: format.list(roles) },
              { name: t('templates.categories'), value: format.list(categories) },
            ]}
          />
        </Panel>
      </Stack>
    </Box>
  );
}
