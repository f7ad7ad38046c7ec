import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { LetterChart } from '../../workflows/letter/letter.ts';
import type { Language } from '../../workflows/text.ts';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** The typeface of charts in letters; the PDF has it under this name. */
export const FONT = 'Noto Sans SC';
const WIDTH = 720;

/** Draws a chart of a letter as SVG, without a browser. */
export function drawChart({ kind, title, names, series }: LetterChart, language: Language): string {
  const height = kind === 'bars' ? 90 + names.length * 44 : 260;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const labels = names.map((name) => name[language]);
  const values = { type: 'value' as const, axisLabel: { fontFamily: FONT } };
  const bars = kind === 'bars';
  const categories = { type: 'category' as const, data: labels, inverse: bars, axisLabel: { fontFamily: FONT } };
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: FONT },
    title: {
      text: title[language],
      left: 'center',
      textStyle: { fontSize: 14, fontFamily: FONT, fontWeight: 'normal' },
    },
    legend: { bottom: 0, textStyle: { fontFamily: FONT } },
    grid: { left: 12, right: 40, top: 40, bottom: 36 },
    xAxis: bars ? { ...values, max: 100 } : categories,
    yAxis: bars ? categories : { ...values, scale: true },
    series: series.map((line) => ({
      name: line.name[language],
      type: bars ? ('bar' as const) : ('line' as const),
      data: line.values.map((value) => (value === null ? null : Number(value))),
      label: { show: true, position: bars ? ('right' as const) : ('top' as const), fontSize: 10, fontFamily: FONT },
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
