/** A small line of a cell's figures: the last point is the one that stands there now. */
interface Props {
  readonly values: readonly number[];
  readonly label: string;
  readonly wide?: boolean;
}
const HEIGHT = 18;
const PAD = 2;

export function Sparkline({ values, label, wide = false }: Props) {
  if (values.length < 2) return null;
  const width = wide ? 150 : 72;
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  const x = (i: number) => PAD + (i * (width - 2 * PAD)) / (values.length - 1);
  const y = (value: number) => HEIGHT - PAD - ((value - low) * (HEIGHT - 2 * PAD)) / range;
  const points = values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`);
  const last = values.at(-1) ?? low;
  return (
    <svg className="spark" width={width} height={HEIGHT} role="img" aria-label={label}>
      <polyline points={points.join(' ')} fill="none" stroke="currentColor" strokeWidth="1.5" />
      <circle cx={x(values.length - 1)} cy={y(last)} r="2" fill="currentColor" />
    </svg>
  );
}
