/** The pictures of a report: bars and lines by ECharts, progress and tiles as plain boxes. The table says the same in figures. */
import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { showCount } from '../../../shared/lib/whole-number.ts';
import type { Chart } from '../../../shared/report/model.ts';
import { percentText } from '../../../shared/report/percent.ts';
import { t } from '../../text/text.ts';
import { chartParts, hasFigures, mostOf } from './chart-options.ts';
import { EChart } from './echart.tsx';

interface Props {
  readonly charts: readonly Chart[];
  /** Called once all of them are drawn. */
  readonly onDrawn?: () => void;
}

export function Charts({ charts, onDrawn }: Props) {
  const scheme = useComputedColorScheme('light');
  useEffect(() => onDrawn?.(), [onDrawn]);
  return charts.map((chart) => (
    <figure key={chart.title} className={`report-figure ${chart.kind}`}>
      <figcaption>{chart.title}</figcaption>
      {hasFigures(chart) ? (
        <Picture key={scheme} chart={chart} />
      ) : (
        <p className="empty">{t('report.chart.none')}</p>
      )}
    </figure>
  ));
}

function Picture({ chart }: { readonly chart: Chart }) {
  if (chart.kind === 'progress') return <Progress chart={chart} />;
  if (chart.kind === 'tiles') return <Tiles chart={chart} />;
  const parts = chartParts(chart);
  const most = mostOf(chart);
  return parts.map((part, i) => (
    <EChart
      key={part.labels[0] ?? ''}
      chart={part}
      most={most}
      label={
        parts.length > 1
          ? t('report.chart.part', { title: chart.title, n: i + 1, all: parts.length })
          : chart.title
      }
    />
  ));
}

interface Part {
  readonly label: string;
  readonly value: number | null;
  readonly of: number | null;
  /** 0 to 1. */
  readonly share: number | null;
}
function partsOf({ labels, series, of }: Chart): readonly Part[] {
  return labels.map((label, i) => {
    const value = series[0]?.values[i] ?? null;
    const whole = of?.[i] ?? null;
    return { label, value, of: whole, share: value === null || !whole ? null : Math.min(value / whole, 1) };
  });
}

function Progress({ chart }: { readonly chart: Chart }) {
  return (
    <ul className="report-progress">
      {partsOf(chart).map(({ label, value, of, share }) => (
        <li key={label}>
          <span>{label}</span>
          {of === null ? (
            <span />
          ) : (
            <span className="bar" aria-hidden="true">
              {share !== null && <i style={{ width: `${share * 100}%` }} />}
            </span>
          )}
          <span className="num">
            {value === null ? t('counts.dash') : showCount(value)}
            {of === null
              ? ` (${t('report.chart.noTarget')})`
              : `/${showCount(of)} = ${percentText(value, of) ?? t('counts.dash')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Fuller is darker; the words in the tile say it too. */
const STEPS = 4;

function Tiles({ chart }: { readonly chart: Chart }) {
  return (
    <ul className="report-tiles">
      {partsOf(chart).map(({ label, value, of, share }) => (
        <li key={label} data-step={share === null ? 'none' : Math.floor(share * STEPS)} title={label}>
          <span className="name">{label}</span>
          <span className="of">
            {value === null
              ? t('counts.blank')
              : `${showCount(value)}/${of === null ? t('counts.dash') : showCount(of)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
