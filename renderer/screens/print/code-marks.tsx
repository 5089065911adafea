/** The dossier's code for scanners: bars (hand scanner at the counter) and a square (a citizen's telephone). */
import encodeQR from 'qr';
import { code128, isCode128 } from '../../../shared/slip/code128.ts';

/** Bars as one path of rectangles; a module is one unit of the view box. */
export function BarCode({ text }: { readonly text: string }) {
  if (!isCode128(text)) return null;
  const widths = code128(text);
  const quiet = 10;
  let x = quiet;
  const bars = widths.map((width, i) => {
    const left = x;
    x += width;
    return i % 2 === 0 ? `M${left} 0h${width}v1h-${width}z` : '';
  });
  return (
    <svg
      className="slip-bars"
      viewBox={`0 0 ${x + quiet} 1`}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
      aria-hidden="true"
    >
      <path d={bars.join('')} />
    </svg>
  );
}

export function QrCode({ text }: { readonly text: string }) {
  const dots = encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
  const path = dots
    .map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
    .join('');
  return (
    <svg
      className="slip-qr"
      viewBox={`0 0 ${dots.length} ${dots.length}`}
      shapeRendering="crispEdges"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}
