import ChevronLeft from '@mui/icons-material/ChevronLeftOutlined';
import ChevronRight from '@mui/icons-material/ChevronRightOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import IconButton from '@mui/material/IconButton';
import Stack from '@mui/material/Stack';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useCalendar } from '../api/queries.ts';
import { cityDay } from '../i18n/format.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';
import { addDays, addMonths, weekdayOf, weeksOf } from './plainDate.ts';

/** A month to pick a day from, with the year's rest days (休) and make-up working days (班) marked. */
export function MonthGrid({ value, onPick }: { value: string | undefined; onPick: (day: string) => void }) {
  const t = useT();
  const { language } = useLanguage();
  const today = cityDay(new Date());
  const [focus, setFocus] = useState(value ?? today);
  const month = focus.slice(0, 7);
  const { data: calendar } = useCalendar(Number(month.slice(0, 4)));
  const special = new Map(calendar?.days.map((day) => [day.day, day]));

  const move = (event: React.KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
    if (!step) return;
    event.preventDefault();
    setFocus(addDays(focus, step));
  };
  const turn = (months: number) => setFocus(`${addMonths(month, months)}-01`);

  return (
    <Box sx={{ p: 1.5, width: 296 }} onKeyDown={move}>
      <Stack direction="row" sx={{ alignItems: 'center', mb: 0.5 }}>
        <IconButton size="small" aria-label={t('form.date.previous')} onClick={() => turn(-1)}>
          <ChevronLeft fontSize="small" />
        </IconButton>
        <Typography variant="body2" aria-live="polite" sx={{ flex: 1, textAlign: 'center', fontWeight: 600 }}>
          {monthName(month, language)}
        </Typography>
        <IconButton size="small" aria-label={t('form.date.next')} onClick={() => turn(1)}>
          <ChevronRight fontSize="small" />
        </IconButton>
      </Stack>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'repeat(7, 1fr)' }}>
        {weekdays(language).map((name) => (
          <Typography key={name} variant="overline" color="text.secondary" sx={{ textAlign: 'center' }}>
            {name}
          </Typography>
        ))}
        {weeksOf(month)
          .flat()
          .map((day, index) =>
            day ? (
              <Day
                key={day}
                day={day}
                chosen={day === value}
                today={day === today}
                focused={day === focus}
                special={special.get(day)}
                onPick={onPick}
              />
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the blank cells before and after a month have no other name
              <span key={`blank-${index}`} />
            ),
          )}
      </Box>
    </Box>
  );
}

interface DayProps {
  day: string;
  chosen: boolean;
  today: boolean;
  focused: boolean;
  special: { working: boolean; name: string } | undefined;
  onPick: (day: string) => void;
}

function Day({ day, chosen, today, focused, special, onPick }: DayProps) {
  const t = useT();
  const rest = special ? !special.working : weekdayOf(day) > 4;
  const mark = special ? t(special.working ? 'form.date.work' : 'form.date.rest') : '';
  return (
    <ButtonBase
      ref={focused ? (node: HTMLElement | null) => node?.focus({ preventScroll: true }) : undefined}
      tabIndex={focused ? 0 : -1}
      aria-label={[day, special?.name, mark].filter(Boolean).join(' ')}
      aria-pressed={chosen}
      onClick={() => onPick(day)}
      sx={(theme: Theme) => ({
        height: 36,
        borderRadius: 1,
        position: 'relative',
        fontSize: '0.875rem',
        color: chosen ? 'primary.contrastText' : rest ? 'text.secondary' : 'text.primary',
        fontWeight: today ? 700 : 400,
        backgroundColor: chosen ? 'primary.main' : 'transparent',
        boxShadow: today && !chosen ? `inset 0 0 0 1px ${theme.tones.line}` : 'none',
        '&:hover': { backgroundColor: chosen ? 'primary.dark' : 'action.hover' },
        '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
      })}
    >
      {Number(day.slice(8))}
      {special && (
        <Box
          component="span"
          aria-hidden
          sx={{
            position: 'absolute',
            top: 2,
            right: 3,
            fontSize: '0.625rem',
            lineHeight: 1,
            color: chosen ? 'inherit' : special.working ? 'warning.main' : 'success.main',
          }}
        >
          {mark}
        </Box>
      )}
    </ButtonBase>
  );
}

function monthName(month: string, language: 'zh' | 'en'): string {
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));
}

/** Monday to Sunday, short. */
export function weekdays(language: 'zh' | 'en'): string[] {
  if (language === 'zh') return ['一', '二', '三', '四', '五', '六', '日'];
  return ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'];
}
