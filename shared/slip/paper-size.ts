/**
 * Sheets in CSS pixels (96 an inch), every measure a whole number of 1/300 inch, the grid on which Chromium lays out
 * printed pages: else each page comes out a hair higher than said, and page numbers drift off a long paper. Margins
 * after NĐ 30/2020 (20, 15, 20, 30 mm), smaller on A5.
 */
export const paperSizes = ['A4', 'A5'] as const;
export type PaperSize = (typeof paperSizes)[number];

export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Margins of the sheet; the top one is smaller than it looks, `strip` follows below it. */
  readonly top: number;
  readonly left: number;
  /** Text area, `strip` included. */
  readonly areaWidth: number;
  readonly areaHeight: number;
  /** Height kept free for the page number at the head of every page. */
  readonly strip: number;
}

const A4 = { short: 793.6, long: 1122.56 };
const A5 = { short: 559.36, long: 793.6 };

const sheets: Readonly<Record<'A4' | 'A5' | 'A4 landscape', Sheet>> = {
  A4: { width: A4.short, height: A4.long, top: 40, left: 112, areaWidth: 624, areaHeight: 1008, strip: 36 },
  A5: { width: A5.short, height: A5.long, top: 16, left: 56, areaWidth: 464, areaHeight: 736, strip: 22 },
  'A4 landscape': {
    width: A4.long,
    height: A4.short,
    top: 24,
    left: 80,
    areaWidth: 992,
    areaHeight: 720,
    strip: 30,
  },
};

/** A landscape paper (the register) is A4 always. */
export function sheetOf(size: PaperSize, landscape: boolean): Sheet {
  return sheets[landscape ? 'A4 landscape' : size];
}

/** Options of Electron's `printToPDF` under which the sheet above comes out as it is. */
export const SLIP_PDF = { preferCSSPageSize: true, printBackground: true, generateTaggedPDF: true } as const;
