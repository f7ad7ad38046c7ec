import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { isJsonObject } from '../../../../workflows/json.ts';
import { ABOUT, SECTIONS } from '../../../../workflows/template/edit/concerns.ts';
import { useT } from '../../i18n/useT.ts';
import { Tag } from '../../ui/Tag.tsx';
import { findingsBelow, useDesigning } from './context.ts';
import { RulesMenu } from './RulesMenu.tsx';

/** The parts of the template beside its phases. */
export function Sections({ selected, onSelect }: { selected: string; onSelect: (section: string) => void }) {
  const t = useT();
  const { content, findings } = useDesigning();
  return (
    <Box
      component="nav"
      aria-label={t('designer.sections')}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mb: 2 }}
    >
      {SECTIONS.map((section) => {
        const paths = section === 'about' ? [...ABOUT, 'key'] : [section];
        const found = paths.flatMap((one) => findingsBelow(findings, [one]));
        const set = section === 'about' || (isJsonObject(content) && content[section] !== undefined);
        const chosen = selected === section;
        return (
          <Button
            key={section}
            size="small"
            variant={chosen ? 'contained' : 'outlined'}
            aria-current={chosen ? 'true' : undefined}
            onClick={() => onSelect(section)}
            sx={{ color: chosen ? undefined : set ? 'text.primary' : 'text.secondary', gap: 0.75 }}
          >
            {t(`designer.section.${section}`)}
            {!set && (
              <Typography component="span" variant="caption">
                {t('designer.absent')}
              </Typography>
            )}
            {found.length > 0 && (
              <Tag tone={found.some(({ severity }) => severity === 'error') ? 'late' : 'soon'}>{found.length}</Tag>
            )}
          </Button>
        );
      })}
      <RulesMenu />
    </Box>
  );
}
