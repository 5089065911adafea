/** Grey pictures of printed pages: laid side by side, compared with a kept one, read by a scanner. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import zxing from '@zxing/library';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

const {
  BarcodeFormat,
  BinaryBitmap,
  DecodeHintType,
  HybridBinarizer,
  MultiFormatReader,
  RGBLuminanceSource,
} = zxing;

/** Difference of two pixels that is seen, 0 to 1; edges of letters, smoothed in another way, are let through. */
const THRESHOLD = 0.2;
const GREYS = 8;

/** Pages in a row, in few greys: a picture that is kept for years stays small. */
function sideBySide(pages: readonly Buffer[]): PNG {
  const read = pages.map((page) => PNG.sync.read(page));
  const width = read.reduce((sum, page) => sum + page.width, 0);
  const height = Math.max(...read.map((page) => page.height));
  const out = new PNG({ width, height, fill: true });
  out.data.fill(255);
  let x = 0;
  for (const page of read) {
    PNG.bitblt(page, out, 0, 0, page.width, page.height, x, 0);
    x += page.width;
  }
  const step = 255 / (GREYS - 1);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = Math.round(Math.round((out.data[i] ?? 0) / step) * step);
  return out;
}

const packed = (picture: PNG) => PNG.sync.write(picture, { colorType: 0, inputHasAlpha: true });

export interface Comparison {
  /** Share of pixels that differ, 0 to 1; 1 where there is no golden picture, or one of another size. */
  readonly share: number;
  readonly seen: Buffer;
}

/** With SMC_UPDATE_GOLDEN=1 what is seen becomes the golden picture. */
export function compareWithGolden(file: string, pages: readonly Buffer[]): Comparison {
  const picture = sideBySide(pages);
  const seen = packed(picture);
  if (process.env.SMC_UPDATE_GOLDEN === '1') {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, seen);
  }
  if (!existsSync(file)) return { share: 1, seen };
  const golden = PNG.sync.read(readFileSync(file));
  const { width, height } = picture;
  if (golden.width !== width || golden.height !== height) return { share: 1, seen };
  const different = pixelmatch(golden.data, picture.data, undefined, width, height, { threshold: THRESHOLD });
  return { share: different / (width * height), seen };
}

/** What a scanner reads from the page; throws where it finds no such code. */
export function scan(page: Buffer, format: 'bars' | 'square'): string {
  const { data, width, height } = PNG.sync.read(page);
  const grey = new Uint8ClampedArray(width * height);
  for (let i = 0; i < grey.length; i++) grey[i] = data[i * 4] ?? 255;
  const reader = new MultiFormatReader();
  reader.setHints(
    new Map<number, unknown>([
      [DecodeHintType.POSSIBLE_FORMATS, [format === 'bars' ? BarcodeFormat.CODE_128 : BarcodeFormat.QR_CODE]],
      [DecodeHintType.TRY_HARDER, true],
    ]),
  );
  return reader
    .decode(new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(grey, width, height))))
    .getText();
}
