import { useTheme } from '@mui/material/styles';
import { useMemo } from 'react';
import { Picture } from './Picture.tsx';

export interface Line {
  name: string;
  values: (number | null)[];
  dashed?: boolean;
}

interface Props {
  label: string;
  names: string[];
  lines: Line[];
  /** A level line: what was aimed at. */
  target?: { name: string; value: number };
  /** Where the value is expected to lie, from `low` to `high` at the same places as `names`. */
  band?: { name: string; low: (number | null)[]; high: (number | null)[] };
  height?: number;
}

/** Values over time, with the target they should meet and the band they are expected in. */
export function LineChart({ label, names, lines, target, band, height }: Props) {
  const { tones } = useTheme();
  const option = useMemo(
    () => ({
      ...(lines.length > 1 && { legend: { data: lines.map((line) => line.name) } }),
      xAxis: { type: 'category', data: names, boundaryGap: false },
      yAxis: { type: 'value', scale: true },
      series: [
        ...(band ? bandSeries(band, tones.calmSoft) : []),
        ...lines.map((line, at) => ({
          type: 'line',
          name: line.name,
          data: line.values,
          connectNulls: false,
          symbolSize: 6,
          lineStyle: { width: 2, type: line.dashed ? 'dashed' : 'solid' },
          ...(at === 0 && target && { markLine: targetLine(target, tones.soon) }),
        })),
      ],
    }),
    [names, lines, target, band, tones],
  );
  return <Picture label={label} option={option} {...(height ? { height } : {})} />;
}

const targetLine = ({ name, value }: { name: string; value: number }, color: string) => ({
  silent: true,
  symbol: 'none',
  lineStyle: { color, type: 'dashed' },
  label: { position: 'insideEndTop', formatter: `${name} ${value}`, color },
  data: [{ yAxis: value }],
});

/** An area between two lines is drawn as an invisible line with the difference stacked on it. */
function bandSeries({ name, low, high }: NonNullable<Props['band']>, color: string) {
  const shared = { type: 'line', stack: 'band', symbol: 'none', silent: true, tooltip: { show: false } };
  const heights = high.map((top, at) => {
    const bottom = low[at];
    return top === null || bottom === null || bottom === undefined ? null : top - bottom;
  });
  return [
    { ...shared, name: `${name} `, data: low, lineStyle: { opacity: 0 } },
    { ...shared, name, data: heights, lineStyle: { opacity: 0 }, areaStyle: { color, opacity: 1 } },
  ];
}
