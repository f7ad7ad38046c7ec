import { useMemo } from 'react';
import { Picture } from './Picture.tsx';

interface Props {
  label: string;
  names: string[];
  bars: { name: string; values: (number | null)[] }[];
  /** One bar on another instead of side by side. */
  stacked?: boolean;
  /** The names stand on the left: better for long ones. */
  lying?: boolean;
  height?: number;
}

/** Values side by side. */
export function BarChart({ label, names, bars, stacked = false, lying = false, height }: Props) {
  const option = useMemo(() => {
    const categories = { type: 'category', data: names, inverse: lying };
    const values = { type: 'value' };
    return {
      ...(bars.length > 1 && { legend: { data: bars.map((bar) => bar.name) } }),
      xAxis: lying ? values : categories,
      yAxis: lying ? categories : values,
      series: bars.map((bar) => ({
        type: 'bar',
        name: bar.name,
        data: bar.values,
        barMaxWidth: 28,
        ...(stacked && { stack: 'all' }),
      })),
    };
  }, [names, bars, stacked, lying]);
  return <Picture label={label} option={option} height={height ?? (lying ? 56 + names.length * 28 : 260)} />;
}
