/** A chart of a report as options of ECharts: horizontal bars, or a line. Pure; sizes in CSS pixels. */
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { EChartsCoreOption } from 'echarts/core';
import { showCount } from '../../../shared/lib/whole-number.ts';
import type { Chart } from '../../../shared/report/model.ts';

/**
 * Okabe and Ito 2008: colours that colour-blind eyes tell apart, dark and light in turn so that neighbours differ on grey
 * paper too; patterns tell them apart where two greys come close.
 */
const COLOURS = ['#0072b2', '#f0e442', '#56b4e9', '#d55e00', '#e69f00', '#009e73', '#d9d9d9', '#cc79a7'];

export interface Inks {
  readonly ink: string;
  readonly line: string;
}

const LABEL_WIDTH = 230;
/** Letters of a label that fit into one line. */
const LABEL_LETTERS = 34;
const LINE = 15;
const LANE = 14;
const GAP = 8;
/** Legend above, axis below. */
const AROUND = 62;
/** Bars of one picture: what a page on its side has room for. */
const MOST_HEIGHT = 540;
const LINE_HEIGHT = 300;

export const hasFigures = (chart: Chart) => chart.series.some((s) => s.values.some((v) => v !== null));

function rowHeight(chart: Chart, label: string): number {
  const lanes = chart.kind === 'stacked' ? 1 : chart.series.length;
  return Math.max(lanes * LANE, Math.ceil(label.length / LABEL_LETTERS) * LINE) + GAP;
}

/** The chart in pieces, each low enough for a page. */
export function chartParts(chart: Chart): readonly Chart[] {
  if (chart.kind === 'line') return [chart];
  const cuts: number[] = [0];
  let height = 0;
  chart.labels.forEach((label, i) => {
    const more = rowHeight(chart, label);
    if (height > 0 && height + more > MOST_HEIGHT) {
      cuts.push(i);
      height = 0;
    }
    height += more;
  });
  return cuts.map((from, i) => {
    const to = cuts[i + 1] ?? chart.labels.length;
    return {
      ...chart,
      labels: chart.labels.slice(from, to),
      series: chart.series.map((s) => ({ ...s, values: s.values.slice(from, to) })),
    };
  });
}

export function chartHeight(chart: Chart): number {
  if (chart.kind === 'line') return LINE_HEIGHT;
  return chart.labels.reduce((sum, label) => sum + rowHeight(chart, label), AROUND);
}

/** `most`: the longest bar of all pieces of the chart, so that they can be compared. */
export function chartOption(chart: Chart, { ink, line }: Inks, most: number): EChartsCoreOption {
  const values = {
    type: 'value',
    ...(chart.kind !== 'line' && { max: most }),
    axisLabel: { color: ink, formatter: (value: number) => showCount(value), hideOverlap: true },
    splitLine: { lineStyle: { color: line } },
  };
  const names = {
    type: 'category',
    data: [...chart.labels],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: line } },
    axisLabel: { color: ink, interval: 0, width: LABEL_WIDTH, overflow: 'break', lineHeight: LINE },
  };
  const isLine = chart.kind === 'line';
  return {
    animation: false,
    color: COLOURS,
    textStyle: { fontFamily: "'Be Vietnam Pro', sans-serif", fontSize: 12, color: ink },
    aria: { enabled: true, label: { enabled: false }, decal: { show: chart.series.length > 1 } },
    legend: { show: chart.series.length > 1, top: 0, left: 0, textStyle: { color: ink } },
    tooltip: {
      trigger: 'axis',
      confine: true,
      valueFormatter: (value: unknown) => (typeof value === 'number' ? showCount(value) : '–'),
    },
    grid: isLine
      ? { left: 60, right: 20, top: 36, bottom: 28 }
      : { left: LABEL_WIDTH + 10, right: 64, top: chart.series.length > 1 ? 34 : 8, bottom: 24 },
    xAxis: isLine ? { ...names, axisLabel: { color: ink } } : values,
    // The first row stands at the top, as in the table.
    yAxis: isLine ? values : { ...names, inverse: true },
    series: chart.series.map((s, i) => (isLine ? lineSeries(s, i) : barSeries(chart, s, most))),
  };
}

/** A label inside a bar needs this part of the whole width. */
const ROOM = 0.06;

function barSeries(chart: Chart, { name, values }: Chart['series'][number], most: number): BarSeriesOption {
  const stacked = chart.kind === 'stacked';
  return {
    type: 'bar',
    name,
    data: [...values],
    barMaxWidth: 18,
    ...(stacked && { stack: 'all' }),
    label: {
      show: true,
      position: stacked ? 'inside' : 'right',
      fontSize: 11,
      color: '#111',
      // Over a pattern a figure is read only on its own ground.
      ...(stacked && { rich: { figure: { backgroundColor: '#fff', padding: [2, 3], fontSize: 11 } } }),
      formatter: ({ value }) => {
        if (typeof value !== 'number' || (stacked && value < most * ROOM)) return '';
        return stacked ? `{figure|${showCount(value)}}` : showCount(value);
      },
    },
  };
}

const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'];
function lineSeries({ name, values }: Chart['series'][number], i: number): LineSeriesOption {
  return {
    type: 'line',
    name,
    data: [...values],
    symbol: SYMBOLS[i % SYMBOLS.length] ?? 'circle',
    symbolSize: 7,
  };
}

/** The longest bar. */
export function mostOf(chart: Chart): number {
  const rows = chart.labels.map((_, i) => chart.series.map((s) => s.values[i] ?? 0));
  const longest = rows.map((row) =>
    chart.kind === 'stacked' ? row.reduce((sum, v) => sum + Math.max(v, 0), 0) : Math.max(0, ...row),
  );
  return roundUp(Math.max(1, ...longest));
}

/** Up to the next round number: 26.770 -> 30.000. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((n) => n * unit).find((n) => n >= value) ?? value;
}
