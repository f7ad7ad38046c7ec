import Box from '@mui/material/Box';
import { type Theme, useTheme } from '@mui/material/styles';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';

interface Props {
  /** What is to be seen, in words: the picture itself is nothing to a screen reader. */
  label: string;
  option: EChartsCoreOption;
  height?: number;
}

/** A picture by echarts, as SVG, in the colours of the theme; the library is fetched with the first one. */
export function Picture({ label, option, height = 260 }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const theme = useTheme();
  const shown = useRef(option);
  shown.current = option;

  useEffect(() => {
    let left = false;
    let observer: ResizeObserver | undefined;
    void import('./engine.ts').then(({ init }) => {
      if (left || !place.current) return;
      const drawn = init(place.current, null, { renderer: 'svg' });
      chart.current = drawn;
      drawn.setOption(dressed(shown.current, theme), true);
      observer = new ResizeObserver(() => drawn.resize());
      observer.observe(place.current);
    });
    return () => {
      left = true;
      observer?.disconnect();
      chart.current?.dispose();
      chart.current = undefined;
    };
  }, [theme]);

  useEffect(() => {
    chart.current?.setOption(dressed(option, theme), true);
  }, [option, theme]);

  return <Box ref={place} role="img" aria-label={label} sx={{ height, width: '100%' }} />;
}

type Part = Record<string, unknown>;

/** Tooltips are drawn, not HTML: what people wrote stays text. */
function dressed(option: EChartsCoreOption, { palette, tones, typography }: Theme): EChartsCoreOption {
  const axis = (part: unknown): Part => ({
    axisLine: { lineStyle: { color: tones.line } },
    axisTick: { show: false },
    splitLine: { lineStyle: { color: palette.divider } },
    ...(part as Part),
    axisLabel: { color: palette.text.secondary, ...((part as Part | undefined)?.axisLabel as Part | undefined) },
  });
  return {
    animation: false,
    color: [palette.primary.main, tones.soon, tones.done, palette.secondary.main, tones.late],
    textStyle: { color: palette.text.primary, ...(typography.fontFamily && { fontFamily: typography.fontFamily }) },
    grid: { left: 8, right: 16, top: 24, bottom: 8, containLabel: true },
    ...option,
    legend: option.legend && { textStyle: { color: palette.text.secondary }, top: 0, ...(option.legend as Part) },
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      backgroundColor: palette.background.paper,
      borderColor: palette.divider,
      textStyle: { color: palette.text.primary, fontSize: 12 },
      ...(option.tooltip as Part | undefined),
    },
    xAxis: axis(option.xAxis),
    yAxis: axis(option.yAxis),
  };
}
