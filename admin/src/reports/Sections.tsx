import Box from '@mui/material/Box';
import Stack from '@mui/material/Stack';
import Typography from '@mui/material/Typography';
import type { Printed } from '../../../workflows/report/part.ts';
import { BarChart } from '../chart/BarChart.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { LineChart } from '../chart/LineChart.tsx';
import { type ChartPart, figuresOf, tableOf } from './table.ts';

interface Section {
  heading: string | undefined;
  parts: Printed[];
}

/** The parts of a report under their headings. */
function sectionsOf(parts: readonly Printed[]): Section[] {
  const sections: Section[] = [{ heading: undefined, parts: [] }];
  for (const part of parts) {
    if (part.kind === 'heading') sections.push({ heading: part.text, parts: [] });
    else sections.at(-1)?.parts.push(part);
  }
  return sections;
}

/** A report to be read on the page: sentences, figures, pictures that are tables, too. */
export function Sections({ parts }: { parts: readonly Printed[] }) {
  return (
    <Stack spacing={4}>
      {sectionsOf(parts).map(({ heading, parts: inside }) => (
        <Stack key={heading ?? ''} component="section" spacing={2}>
          {heading && (
            <Typography variant="h2" component="h2">
              {heading}
            </Typography>
          )}
          {inside.map((part, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a section never change places
            <One key={at} part={part} />
          ))}
        </Stack>
      ))}
    </Stack>
  );
}

function One({ part }: { part: Printed }) {
  switch (part.kind) {
    case 'heading':
      return null;
    case 'paragraph':
      return <Typography sx={{ maxWidth: '46em', lineHeight: 1.75 }}>{part.text}</Typography>;
    case 'list':
      return (
        <Box component="ul" sx={{ my: 0 }}>
          {part.items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </Box>
      );
    case 'figures':
      return (
        <Box component="dl" sx={{ m: 0, display: 'flex', flexWrap: 'wrap', columnGap: 4, rowGap: 1.5 }}>
          {part.items.map(({ key, name, value, unit }) => (
            <Box key={key} sx={{ minWidth: 72 }}>
              <Typography component="dt" variant="caption" color="text.secondary">
                {name}
              </Typography>
              <Typography component="dd" variant="h2" sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}>
                {value}
                {unit && (
                  <Typography component="span" variant="caption" color="text.secondary">
                    {` ${unit}`}
                  </Typography>
                )}
              </Typography>
            </Box>
          ))}
        </Box>
      );
    case 'table':
      return <ChartPanel title={part.title ?? ''} table={tableOf(part)} />;
    case 'chart':
      return (
        <ChartPanel title={part.chart.title} table={figuresOf(part)}>
          <Drawn part={part} />
        </ChartPanel>
      );
  }
}

const numbers = (values: readonly (string | null)[]) => values.map((value) => (value === null ? null : Number(value)));

function Drawn({ part: { chart } }: { part: ChartPart }) {
  const series = chart.series.map(({ name, values, dashed }) => ({
    name,
    values: numbers(values),
    ...(dashed && { dashed }),
  }));
  return chart.form === 'line' ? (
    <LineChart label={chart.title} names={chart.names} lines={series} />
  ) : (
    <BarChart
      label={chart.title}
      names={chart.names}
      bars={series}
      lying={chart.form === 'bars'}
      stacked={chart.stacked === true}
    />
  );
}
