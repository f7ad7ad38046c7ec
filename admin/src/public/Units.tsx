import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useFormat } from '../i18n/format.ts';
import { useT, useText } from '../i18n/useT.ts';
import { Tag } from '../ui/Tag.tsx';
import { Consultation } from './Consultation.tsx';
import { Indicator } from './Indicator.tsx';
import type { PublicCycle, PublicUnit } from './types.ts';

/** The units with their goals; one opens the unit that one looks for. */
export function Units({ cycle }: { cycle: PublicCycle }) {
  const t = useT();
  const text = useText();
  const [look, setLook] = useState('');
  const units = cycle.units.filter(({ org }) => org.name.includes(look.trim()));
  const category = new Map(cycle.categories.map(({ key, name }) => [key, text(name)]));
  return (
    <Stack spacing={1.5}>
      <TextField
        size="small"
        value={look}
        onChange={({ target }) => setLook(target.value)}
        placeholder={t('public.findUnit')}
        slotProps={{ htmlInput: { 'aria-label': t('public.findUnit'), type: 'search' } }}
      />
      {units.length === 0 && <Typography color="text.secondary">{t('public.noUnit')}</Typography>}
      <Box>
        {units.map((unit) => (
          <Unit key={unit.org.id} cycle={cycle} unit={unit} category={category.get(unit.category) ?? ''} />
        ))}
      </Box>
    </Stack>
  );
}

function Unit({ cycle, unit, category }: { cycle: PublicCycle; unit: PublicUnit; category: string }) {
  const t = useT();
  const format = useFormat();
  const rated = unit.indicators.filter(({ met }) => met !== null);
  const { consultation } = unit;
  const until = consultation?.until;
  return (
    <Accordion
      variant="outlined"
      disableGutters
      slotProps={{ transition: { unmountOnExit: true }, heading: { component: 'h2' } }}
    >
      <AccordionSummary
        expandIcon={
          <Box component="span" aria-hidden sx={{ px: 0.5 }}>
            ▾
          </Box>
        }
      >
        <Stack
          direction="row"
          spacing={1}
          useFlexGap
          sx={{ alignItems: 'center', flexWrap: 'wrap', width: '100%', pr: 1 }}
        >
          <Typography component="span" sx={{ fontWeight: 600 }}>
            {unit.org.name}
          </Typography>
          <Typography component="span" variant="caption" color="text.secondary" sx={{ flex: 1 }}>
            {category}
          </Typography>
          {unit.draft && <Tag>{t('public.draft')}</Tag>}
          {consultation?.open && (
            <Tag tone="calm">
              {until ? t('public.consultOpen', { when: format.dayTime(until) }) : t('public.consultOpenNow')}
            </Tag>
          )}
          {rated.length > 0 && (
            <Tag tone="done">
              {t('public.metOf', { met: rated.filter(({ met }) => met).length, rated: rated.length })}
            </Tag>
          )}
          <Typography component="span" variant="caption" color="text.secondary">
            {t('public.indicators', { smart_count: unit.indicators.length })}
          </Typography>
        </Stack>
      </AccordionSummary>
      <AccordionDetails sx={{ pt: 0 }}>
        <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {unit.indicators.map((indicator) => (
            <Indicator key={`${indicator.code}${indicator.name.zh}`} indicator={indicator} />
          ))}
        </Box>
        {consultation && <Consultation cycleId={cycle.id} org={unit.org.id} consultation={consultation} />}
      </AccordionDetails>
    </Accordion>
  );
}
