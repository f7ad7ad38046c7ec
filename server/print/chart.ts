import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import type { Chart } from '../../workflows/report/part.ts';

echarts.use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

/** The typeface of charts; the PDF has it under this name. */
export const FONT = 'Noto Sans SC';
const WIDTH = 720;

/** Draws a chart as SVG, without a browser. */
export function drawChart({ form, stacked = false, most, title, names, series }: Chart<string>): string {
  const lying = form === 'bars';
  const height = lying ? 100 + names.length * (stacked ? 26 : 44) : 260;
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const values = {
    type: 'value' as const,
    axisLabel: { fontFamily: FONT },
    ...(most !== undefined && { max: most }),
    ...(form === 'line' && { scale: true }),
  };
  const categories = { type: 'category' as const, data: names, inverse: lying, axisLabel: { fontFamily: FONT } };
  const inside = stacked ? ('inside' as const) : undefined;
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: FONT },
    title: {
      text: title,
      left: 'center',
      textStyle: { fontSize: 14, fontFamily: FONT, fontWeight: 'normal' },
    },
    legend: { bottom: 0, show: series.length > 1, textStyle: { fontFamily: FONT } },
    grid: { left: 12, right: 40, top: 40, bottom: 48 },
    xAxis: lying ? values : categories,
    yAxis: lying ? categories : values,
    series: series.map((one) => {
      // A zero says nothing in a stack, and would stand on its neighbour.
      const data = one.values.map((value) =>
        value === null || (stacked && Number(value) === 0) ? null : Number(value),
      );
      const label = { show: true, fontSize: 10, fontFamily: FONT };
      if (form === 'line')
        return {
          name: one.name,
          type: 'line' as const,
          data,
          lineStyle: { type: one.dashed ? ('dashed' as const) : ('solid' as const) },
          label: { ...label, position: 'top' as const },
        };
      return {
        name: one.name,
        type: 'bar' as const,
        data,
        barMaxWidth: 28,
        ...(stacked && { stack: 'all' }),
        label: { ...label, position: inside ?? (lying ? ('right' as const) : ('top' as const)) },
      };
    }),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}
