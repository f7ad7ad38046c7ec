import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import type { Theme } from '@mui/material/styles';
import Typography from '@mui/material/Typography';
import { weekdays } from '../form/MonthGrid.tsx';
import { weekdayOf, weeksOf } from '../form/plainDate.ts';
import { useLanguage } from '../i18n/LanguageProvider.tsx';
import { useT } from '../i18n/useT.ts';

interface Special {
  working: boolean;
  name: string;
}

interface Props {
  month: string;
  special: ReadonlyMap<string, Special>;
  today: string;
  /** Set while the calendar is edited. */
  onPick?: ((day: string) => void) | undefined;
}

/** One month, the days off and the worked weekends marked as Chinese calendars do: 休 and 班. */
export function Month({ month, special, today, onPick }: Props) {
  const { language } = useLanguage();
  const name = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${month}-01T00:00:00Z`));
  return (
    <Box component="section" aria-label={name}>
      <Typography variant="h3" component="h2" sx={{ mb: 0.75 }}>
        {name}
      </Typography>
      <Box
        component="table"
        sx={{ width: '100%', borderCollapse: 'separate', borderSpacing: 2, tableLayout: 'fixed', textAlign: 'center' }}
      >
        <thead>
          <tr>
            {weekdays(language).map((day) => (
              <Typography
                key={day}
                component="th"
                scope="col"
                variant="overline"
                color="text.secondary"
                sx={{ fontWeight: 400 }}
              >
                {day}
              </Typography>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, index) =>
                day ? (
                  <Day key={day} day={day} special={special.get(day)} today={day === today} onPick={onPick} />
                ) : (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the blank cells before and after a month have no other name
                  <td key={`blank-${index}`} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </Box>
    </Box>
  );
}

interface DayProps {
  day: string;
  special: Special | undefined;
  today: boolean;
  onPick: Props['onPick'];
}

function Day({ day, special, today, onPick }: DayProps) {
  const t = useT();
  const mark = special ? t(special.working ? 'form.date.work' : 'form.date.rest') : '';
  const number = (
    <>
      {Number(day.slice(8))}
      {mark && (
        <Box component="sup" sx={{ fontSize: '0.625rem', ml: 0.25, lineHeight: 1 }}>
          {mark}
        </Box>
      )}
    </>
  );
  return (
    <Box
      component="td"
      aria-current={today ? 'date' : undefined}
      title={special ? `${special.name} · ${t(special.working ? 'calendar.work' : 'calendar.rest')}` : undefined}
      sx={(theme) => look(theme, special, weekdayOf(day) > 4, today)}
    >
      {onPick ? (
        <ButtonBase
          onClick={() => onPick(day)}
          aria-label={`${day}${special ? ` ${special.name}` : ''}`}
          sx={{ font: 'inherit', color: 'inherit', width: '100%', height: '100%', borderRadius: '6px' }}
        >
          {number}
        </ButtonBase>
      ) : (
        number
      )}
    </Box>
  );
}

function look({ palette, tones }: Theme, special: Special | undefined, weekend: boolean, today: boolean) {
  const base = {
    height: 34,
    borderRadius: '6px',
    fontSize: '0.875rem',
    fontWeight: today ? 700 : 400,
    boxShadow: today ? `inset 0 0 0 2px ${palette.primary.main}` : 'none',
  };
  if (special?.working) return { ...base, color: tones.soon, backgroundColor: tones.soonSoft };
  if (special) return { ...base, color: tones.done, backgroundColor: tones.doneSoft };
  return { ...base, color: weekend ? palette.text.secondary : palette.text.primary };
}
