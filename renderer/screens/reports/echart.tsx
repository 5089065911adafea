/** One picture drawn by ECharts as SVG. Loaded only when a chart is looked at. */
import { BarChart, LineChart } from 'echarts/charts';
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useLayoutEffect, useRef } from 'react';
import type { Chart } from '../../../shared/report/model.ts';
import { chartHeight, chartOption } from './chart-options.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, AriaComponent, SVGRenderer]);

interface Props {
  readonly chart: Chart;
  readonly most: number;
  readonly label: string;
}

export function EChart({ chart, most, label }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const style = getComputedStyle(element);
    const inks = { ink: style.getPropertyValue('--ink'), line: style.getPropertyValue('--line') };
    const drawn = init(element, null, { renderer: 'svg', locale: 'EN' });
    drawn.setOption(chartOption(chart, inks, most));
    // Drawn at once, not on the next frame: a page that is printed has no next frame.
    drawn.getZr().flush();
    const sizes = new ResizeObserver(() => drawn.resize());
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      drawn.dispose();
    };
  }, [chart, most]);
  return (
    <div
      ref={place}
      role="img"
      aria-label={label}
      className="report-chart"
      style={{ height: chartHeight(chart) }}
    />
  );
}
