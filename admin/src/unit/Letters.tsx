import Pdf from '@mui/icons-material/PictureAsPdfOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import { Link } from 'react-router-dom';
import type { LetterRow } from '../afterwards/types.ts';
import { API } from '../api/http.ts';
import { useFormat } from '../i18n/format.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';
import { Panel } from '../ui/Panel.tsx';
import { Tag } from '../ui/Tag.tsx';

/** The unit's feedback letters: to read, to print, and who acknowledged them. */
export function Letters({ letters }: { letters: LetterRow[] }) {
  const t = useT();
  const format = useFormat();
  const { language } = useLanguage();
  return (
    <Panel title={t('unit.letter')}>
      {letters.length === 0 && (
        <Typography variant="body2" color="text.secondary">
          {t('unit.noLetter')}
        </Typography>
      )}
      {letters.map((letter) => (
        <Stack
          key={letter.id}
          direction="row"
          useFlexGap
          sx={{ gap: 1.5, flexWrap: 'wrap', alignItems: 'center', '& + &': { mt: 1.5 } }}
        >
          <Box sx={{ flex: '1 1 220px' }}>
            <Typography variant="body2">{t('unit.letterAt', { when: format.dayTime(letter.at) })}</Typography>
            {letter.acknowledged ? (
              <Typography variant="caption" color="text.secondary">
                {t('unit.acknowledged', {
                  who: letter.acknowledged.by.name,
                  when: format.dayTime(letter.acknowledged.at),
                })}
              </Typography>
            ) : (
              <Tag tone="soon">{t('unit.notAcknowledged')}</Tag>
            )}
          </Box>
          <Button variant="outlined" component={Link} to={`/letters/${letter.id}`}>
            {t('unit.readLetter')}
          </Button>
          <Button startIcon={<Pdf />} href={`${API}/letters/${letter.id}/pdf?language=${language}`}>
            {t('unit.letterPdf')}
          </Button>
        </Stack>
      ))}
    </Panel>
  );
}
