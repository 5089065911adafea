/** Reports to be written as files: the city's annex, and the odd ones. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import type { Cell, Column, Report, Row } from '../../shared/report/model.ts';

const fixture = (name: string) =>
  Papa.parse<Record<string, string>>(
    readFileSync(path.resolve(import.meta.dirname, '../fixtures', name), 'utf8').replace(/^\uFEFF/, ''),
    { header: true, skipEmptyLines: true },
  ).data;

export const count = (value: number | null): Cell => ({ kind: 'count', value });
export const text = (words: string): Cell => ({ kind: 'text', text: words });
export const percent = (part: number | null, of: number | null): Cell => ({ kind: 'percent', part, of });
export const date = (on: string | null): Cell => ({ kind: 'date', date: on });
export const outside: Cell = { kind: 'outside' };

export const column = (key: string, kind: Column['kind'], more: Partial<Column> = {}): Column => ({
  key,
  title: `Cột ${key}`,
  short: key,
  kind,
  ...more,
});
export const row = (key: string, cells: readonly Cell[], kind: Row['kind'] = 'data'): Row => ({
  key,
  kind,
  cells,
});

export function sample(more: Partial<Report>): Report {
  return {
    id: 'sample',
    title: 'Thống kê thu thập thông tin',
    subtitle: 'Tính đến ngày 19/9/2023',
    form: '',
    office: 'Ủy ban nhân dân Phường Mẫu',
    place: 'Phường Mẫu',
    columns: [],
    rows: [],
    paragraphs: [],
    findings: [],
    charts: [],
    notes: [],
    landscape: false,
    made: {
      from: null,
      to: '2023-09-19',
      treeOn: '2023-09-19',
      catalogueVersion: '2026.1',
      at: '2023-09-19T18:30:00.000Z',
    },
    ...more,
  };
}

/** DOMAIN 7.2: 22 units by eight categories with their sums. */
export function cityAnnex(): Report {
  const figures = fixture('seeds-ngoai-nganh-2023-09-19.csv').filter((r) => r.unit_code && r.category_code);
  const units = [...new Map(figures.map((r) => [r.unit_code ?? '', r.unit_name ?? ''])).entries()];
  const categories = [...new Set(figures.map((r) => r.category_code ?? ''))];
  const value = (unit: string | null, category: string | null) =>
    figures
      .filter(
        (r) => (unit === null || r.unit_code === unit) && (category === null || r.category_code === category),
      )
      .reduce((sum, r) => sum + Number(r.count), 0);
  const line = (unit: string | null) => [...categories, null].map((category) => count(value(unit, category)));
  return sample({
    landscape: true,
    columns: [
      column('no', 'count', { title: 'STT' }),
      column('unit', 'text', { title: 'Đơn vị' }),
      ...categories.map((key) => column(key, 'count')),
      column('sum', 'count', { title: 'Cộng' }),
    ],
    rows: [
      ...units.map(([code, name], i) => row(code, [count(i + 1), text(name), ...line(code)])),
      row('total', [text(''), text('Tổng'), ...line(null)], 'total'),
    ],
  });
}

export const trickyNames = () => fixture('tricky_names.csv').map((r) => r.expected_clean ?? '');

const named = (names: readonly string[]) =>
  sample({
    columns: [column('name', 'text'), column('n', 'count')],
    rows: names.map((name, i) => row(String(i), [text(name), count(i)])),
  });
const LONG = 'Nguyễn Thị Ánh Nguyệt '.repeat(14).slice(0, 300);

export const oddReports: readonly (readonly [string, Report])[] = [
  ['no rows', sample({ columns: [column('name', 'text'), column('n', 'count')] })],
  ['no columns at all', sample({ notes: ['Không có số liệu.'] })],
  [
    'all blank',
    sample({
      columns: [column('n', 'count'), column('p', 'percent'), column('d', 'date')],
      rows: [row('a', [count(null), percent(null, null), date(null)]), row('b', [])],
    }),
  ],
  [
    'zero, blank and outside are three things',
    sample({
      columns: [column('unit', 'text'), column('n', 'count'), column('p', 'percent')],
      rows: [
        row('zero', [text('Có'), count(0), percent(0, 10)]),
        row('blank', [text('Chưa'), count(null), percent(null, 10)]),
        row('outside', [text('Ngoài'), outside, outside]),
        row('no target', [text('Không chỉ tiêu'), count(5), percent(5, 0)]),
      ],
    }),
  ],
  [
    'rates: over 100 %, almost 100 %, almost nothing, less than nothing',
    sample({
      columns: [column('p', 'percent')],
      rows: [
        [149_699, 194_197],
        [158_035, 158_038],
        [8013, 7724],
        [1, 9_999_999],
        [27, 32],
        [50_000, 3],
        [-5, 1000],
        [1, 1],
      ].map(([part = 0, of = 0], i) => row(String(i), [percent(part, of)])),
    }),
  ],
  [
    'forty columns in ten groups, numbered',
    sample({
      landscape: true,
      columns: [
        column('no', 'count', { title: 'STT' }),
        column('unit', 'text', { no: '(1)' }),
        ...Array.from({ length: 38 }, (_, i) =>
          column(`c${i}`, 'count', {
            no: `(${i + 2})`,
            ...(i % 7 < 5 ? { group: `Nhóm ${Math.floor(i / 7)}` } : {}),
          }),
        ),
      ],
      rows: Array.from({ length: 9 }, (_, n) =>
        row(String(n), [
          count(n + 1),
          text(`Đơn vị ${n}`),
          ...Array.from({ length: 38 }, (_, i) => count(n * 1000 + i)),
        ]),
      ),
    }),
  ],
  ['names of 300 letters', named([LONG, 'ư'.repeat(300), `${LONG.slice(0, 299)}W`])],
  ['difficult names', named(trickyNames())],
  [
    'texts that look like formulas, tags or broken characters',
    named([
      '=1+1',
      '=HYPERLINK("http://x.invalid","bấm")',
      '+84 28 3829',
      '-2+3',
      '@SUM(A1)',
      '- Trực tuyến',
      "+cmd|'/c calc'!A1",
      '<b>Đỗ & "Lê"</b>',
      "K'Brơi",
      '000123',
      '1.320',
      '</w:t></w:p>',
      '  hai đầu  ',
    ]),
  ],
  [
    'groups, totals, dates and negative changes',
    sample({
      landscape: true,
      form: 'Biểu số 06a',
      office: 'Ủy ban nhân dân Thành phố Mẫu\nỦy ban nhân dân Phường Mẫu',
      paragraphs: ['Trong kỳ đã tiếp nhận 1.438 hồ sơ.', '=Đoạn văn thứ hai & hết.'],
      notes: ['Dấu "–" là chưa báo cáo.'],
      findings: [{ code: 'x', sentence: '1.320 + 94 = 1.414, báo cáo ghi 1.438: lệch 24' }],
      columns: [
        column('no', 'text', { title: 'STT' }),
        column('name', 'text', { group: 'Hồ sơ', title: 'Tên' }),
        column('on', 'date', { group: 'Hồ sơ' }),
        column('change', 'count', { group: 'Kết quả' }),
        column('rate', 'percent', { group: 'Kết quả', no: '(5)=(4)/(3)' }),
      ],
      rows: [
        row('g', [text('I'), text('Khai sinh'), text(''), text(''), text('')], 'group'),
        row('a', [text('1'), text('Đỗ Đình Đức'), date('2023-08-11'), count(-1320), percent(3, 8)]),
        row('b', [text('2'), text('Lê Thị Hạnh'), date(null), count(99_999_999), percent(null, 8)]),
        row('t', [text(''), text('Tổng'), text(''), count(1_234_567), percent(1, 3)], 'total'),
      ],
    }),
  ],
];
