/**
 * The city's own tables again, from figures and dossiers at the desk: a. the annex cell by cell, b. progress of June 2024
 * against its targets, c. the linked procedures from 11/8 to 10/9/2023 with the month before. What the city printed stands
 * here as it printed it; the desk, its csv and its xlsx must say the same.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { syntheticDossier } from '../../electron/demo/people.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { ReportWanted } from '../../shared/contract/ipc/report.ts';
import { addDays } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import type { Report } from '../../shared/report/model.ts';
import { cellText } from '../../shared/report/report-cells.ts';
import type { DeskApp } from '../support/desk-app.ts';
import { readSheets } from '../support/read-back.ts';
import type { DemoPlan } from './arguments.ts';
import type { CityTable, Mismatch } from './report.ts';

/** One cell as the city printed it, or as it follows by hand from what was. */
type Printed = readonly [row: string, column: string, text: string];

const csvRows = (file: string) =>
  Papa.parse<Record<string, string>>(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data;
const figure = (text: string) => Number(text.replace(/[.\s]/g, ''));

export async function cityTables(desk: DeskApp, plan: DemoPlan): Promise<readonly CityTable[]> {
  const a = await annex(desk, plan);
  await recordHalfYear(desk);
  const b = await progress(desk, plan);
  await takeInMonths(desk, plan);
  return [a, b, await linked(desk, plan)];
}

/** a. 22 units by eight categories and their totals: every cell that the city printed. */
async function annex(desk: DeskApp, plan: DemoPlan): Promise<CityTable> {
  const rows = csvRows(plan.counts);
  const isTotal = (r: Record<string, string>) => /^(tổng|cộng)/i.test((r.unit_name ?? '').normalize('NFC'));
  const own = rows.filter((r) => !isTotal(r));
  const show = (value: number) => new Intl.NumberFormat('vi-VN').format(value);
  const printed: Printed[] = [
    ...own.map((r): Printed => [r.unit_code ?? '', r.category_code ?? '', show(figure(r.count ?? ''))]),
    ...rows
      .filter(isTotal)
      .map((r): Printed => ['total', r.category_code ?? '', show(figure(r.count ?? ''))]),
  ];
  return compare(desk, plan, {
    name: 'a',
    wanted: asOf('ngoai-nganh', plan.asOf),
    printed,
    sentences: [],
    findings: [],
  });
}

const HALF_YEAR = '2024-06-17';
const HALF_YEAR_FILE = path.resolve(import.meta.dirname, '../fixtures/seeds-ngoai-nganh-2024-06.csv');
const asOf = (report: string, to: string): ReportWanted => ({
  ...{ report, from: null, to, treeOn: null, compare: false },
});

/** The city's own figures, typed in for the city as a whole. Payments without cash stand in another sheet. */
async function recordHalfYear(desk: DeskApp): Promise<void> {
  const rows = csvRows(HALF_YEAR_FILE).filter((r) => r.measure !== 'chi_tra_khong_tien_mat');
  const cells = rows.map((r) => ({
    category: r.category_code ?? '',
    measure: r.measure ?? '',
    value: figure(r.value ?? ''),
  }));
  await desk.call('count.record', {
    ...{ asOf: HALF_YEAR, form: null, from: null, source: 'typed' },
    units: [{ unit: '79@2021-01-01', cells }],
  });
}

const progress = (desk: DeskApp, plan: DemoPlan) =>
  compare(desk, plan, {
    name: 'b',
    wanted: asOf('tien-do-chi-tieu', HALF_YEAR),
    printed: [
      ['hoi_cuu_chien_binh', 'value', '43.405'],
      ['hoi_nong_dan', 'value', '33.211'],
      ['hoi_nguoi_cao_tuoi', 'value', '269.731'],
      ['nguoi_lao_dong', 'value', '582.371'],
      ['ho_tro_tien_thue_nha', 'value', '48.545'],
      ['nguoi_co_cong', 'value', '25.850'],
      ['nguoi_co_cong', 'rate', '–'],
      ...rates('hoi_chu_thap_do', ['149.699', '194.197', '77,1%']),
      ...rates('hoi_vien', ['135.998', '169.263', '80,3%']),
      ...rates('tinh_nguyen_vien', ['13.701', '24.934', '54,9%']),
      ...rates('ra_soat', ['158.035', '158.038', '99,998%']),
    ],
    sentences: [
      'Hội Chữ thập đỏ: đã cập nhật 149.699/194.197 trường hợp, đạt tỷ lệ 77,1% (trong đó đã cập nhật 135.998/169.263 hội viên, đạt tỷ lệ 80,3% và đã cập nhật 13.701/24.934 tình nguyện viên, đạt tỷ lệ 54,9%)',
    ],
    findings: [],
  });
const rates = (row: string, [value, target, rate]: readonly [string, string, string]): Printed[] => [
  [row, 'value', value],
  [row, 'target', target],
  [row, 'rate', rate],
];

const BIRTH = 'Đăng ký khai sinh - Đăng ký thường trú - Cấp thẻ Bảo hiểm y tế cho trẻ dưới 06 tuổi';
const DEATH = 'Đăng ký khai tử - Xóa đăng ký thường trú - Trợ cấp mai táng, hỗ trợ chi phí mai táng';
const MONTH: ReportWanted = {
  ...{ report: 'lien-thong', from: '2023-08-11', to: '2023-09-10', treeOn: null, compare: true },
};

/** c. The printed 1.438 is typed in beside: it must be told, because 1.320 and 94 do not give it. */
async function linked(desk: DeskApp, plan: DemoPlan): Promise<CityTable> {
  const { report, from, to } = MONTH;
  await desk.call('report.print', {
    ...{ report, from, to, source: 'Báo cáo 5257/BC-BCĐ ngày 04/10/2023, mục 1.2' },
    figures: [
      { row: 'total', column: 'received', text: '1.438' },
      { row: 'total', column: 'ended', text: '194' },
    ],
  });
  return compare(desk, plan, {
    name: 'c',
    wanted: MONTH,
    printed: [
      ['birth', 'received', '1.320'],
      ['birth', 'ended', '191'],
      ['birth', 'whole', '59'],
      ['birth', 'open', '1.129'],
      ['birth', 'waiting', '1.129'],
      ['birth', 'rate', '14,5%'],
      ['death', 'received', '94'],
      ['death', 'ended', '3'],
      ['death', 'open', '91'],
      ['death', 'rate', '3,2%'],
      ['total', 'received', '1.414'],
      ['total', 'ended', '194'],
      ['total', 'whole', '59'],
      // The month before is in no seed: these follow from the invented batches below.
      ['total', 'received_before', '80'],
      ['total', 'ended_before', '80'],
      ['total', 'ended_change', '142,5%'],
      ['total', 'whole_before', '19'],
      ['total', 'whole_change', '210,5%'],
    ],
    sentences: [
      'Từ 11/8/2023 đến 10/9/2023, Ủy ban nhân dân phường, xã, thị trấn đã tiếp nhận 1.414 hồ sơ trên Phần mềm dịch vụ công liên thông, ghi nhận đã xử lý xong 194 hồ sơ (tăng hơn gấp đôi so với tháng 8), trong đó có 59 hồ sơ giải quyết thành công 03 thủ tục liên thông: Khai sinh, đăng ký thường trú và cấp thẻ bảo hiểm y tế (tăng hơn gấp 3 lần so với tháng 8).',
      `${BIRTH}: Tiếp nhận 1.320 hồ sơ, đã giải quyết 191 hồ sơ, còn lại không được giải quyết do thiếu hồ sơ.`,
      `${DEATH}: Tiếp nhận 94 hồ sơ, đã giải quyết 03 hồ sơ, còn lại không được giải quyết do thiếu hồ sơ.`,
    ],
    findings: ['Cả hai nhóm, Tiếp nhận: 1.320 + 94 = 1.414, báo cáo ghi 1.438: lệch 24'],
  });
}

interface Batch {
  readonly n: number;
  readonly chain: 'birth' | 'death';
  /** First day of reception; a fortnight in turn. */
  readonly from: string;
  /** whole: every result; part: the rest refused; none: all refused at once; stuck: papers asked for at once. */
  readonly end: 'whole' | 'part' | 'none' | 'stuck';
}
/** How the 191 and 3 were ended beside the 59, and the whole month before, are in no seed: invented so that the sums hold. */
const batches: readonly Batch[] = [
  { n: 19, chain: 'birth', from: '2023-07-12', end: 'whole' },
  { n: 61, chain: 'birth', from: '2023-07-12', end: 'part' },
  { n: 59, chain: 'birth', from: '2023-08-11', end: 'whole' },
  { n: 100, chain: 'birth', from: '2023-08-11', end: 'part' },
  { n: 32, chain: 'birth', from: '2023-08-11', end: 'none' },
  { n: 1129, chain: 'birth', from: '2023-08-11', end: 'stuck' },
  { n: 3, chain: 'death', from: '2023-08-11', end: 'part' },
  { n: 91, chain: 'death', from: '2023-08-11', end: 'stuck' },
];
const FORTNIGHT = 14;
/** Days between reception and end: inside the same window for all of them. */
const TAKES = 10;

async function takeInMonths(desk: DeskApp, plan: DemoPlan): Promise<void> {
  const communes = new Map<string, Output<'office.communes'>>();
  let index = 0;
  for (const { n, chain, from, end } of batches)
    for (let i = 0; i < n; i++) {
      const date = addDays(from, i % FORTNIGHT);
      if (!communes.has(date)) communes.set(date, await desk.call('office.communes', { on: date }));
      const places = must(communes.get(date), date);
      const commune = must(places[(index * 37 + plan.seed) % places.length], 'commune');
      const { values } = syntheticDossier(plan.seed + 1, index, { today: date, ward: commune.name, chain });
      const id = randomUUID();
      const refused = { action: 'refuse' as const, reason: 'Hồ sơ không đúng quy định' };
      const asked = {
        action: 'ask_supplement' as const,
        items: ['Bổ sung giấy tờ còn thiếu theo danh sách'],
      };
      await desk.call('dossier.receive', {
        ...{ id, chain, commune: commune.key, values, received: { date, time: '09:00' } },
        channel: index % 5 === 0 ? 'truc_tiep' : 'truc_tuyen',
        atOnce: end === 'stuck' ? asked : end === 'none' ? refused : null,
      });
      if (end === 'whole' || end === 'part') await conclude(desk, { id, on: addDays(date, TAKES), end });
      index += 1;
    }
}

/** The first component has its result; the others too, or are refused. */
async function conclude(
  desk: DeskApp,
  { id, on, end }: { readonly id: string; readonly on: string; readonly end: 'whole' | 'part' },
): Promise<void> {
  const { revision, components } = await desk.call('dossier.get', { id });
  const [first = '', ...others] = components.map((c) => c.code);
  const act = (base: number, step: Pick<Input<'dossier.act'>['step'], 'action' | 'components' | 'reason'>) =>
    desk.call('dossier.act', { id, base, step: { ...step, on, time: null } });
  if (end === 'whole') await act(revision, { action: 'result_received', components: [first, ...others] });
  else {
    const after = await act(revision, { action: 'result_received', components: [first] });
    const reason = 'Hồ sơ không đủ điều kiện';
    await act(after.revision, { action: 'refuse', components: others, reason });
  }
}

interface Comparison {
  readonly name: CityTable['name'];
  readonly wanted: ReportWanted;
  readonly printed: readonly Printed[];
  /** Paragraphs that must be there, word for word. */
  readonly sentences: readonly string[];
  /** All findings there may be. */
  readonly findings: readonly string[];
}

async function compare(
  desk: DeskApp,
  plan: DemoPlan,
  { name, wanted, printed, sentences, findings }: Comparison,
): Promise<CityTable> {
  const file = (format: string) => path.join(plan.out, `table-${name}.${format}`);
  for (const format of ['xlsx', 'docx', 'csv', 'pdf'] as const) {
    await desk.saveTo(file(format));
    await desk.call('report.save', { source: wanted, format });
  }
  const made = await desk.call('report.make', wanted);
  const [csv, xlsx] = [csvRows(file('csv')), xlsxCells(file('xlsx'), made)];
  const cells = printed.flatMap(([row, column, text]): Mismatch[] => {
    const at = made.rows.findIndex((r) => r.key === row || r.key.startsWith(`${row}@`));
    const place = made.columns.findIndex((c) => c.key === column);
    const cell = made.rows[at]?.cells[place];
    const found = {
      desk: cell ? cellText(cell) : 'no such cell',
      csv: shown(csv[at], column, text),
      xlsx: sameFigure(xlsx(at, place), text),
    };
    return Object.values(found).every((f) => f === text)
      ? []
      : [{ what: `${name}: ${row}/${column}`, printed: text, ...found }];
  });
  const said = made.findings.map((f) => f.sentence);
  const words = [
    ...sentences
      .filter((s) => !made.paragraphs.includes(s))
      .map((s) => ({ what: `${name}: paragraph`, missing: s })),
    ...findings.filter((s) => !said.includes(s)).map((s) => ({ what: `${name}: finding`, missing: s })),
    ...said.filter((s) => !findings.includes(s)).map((s) => ({ what: `${name}: finding`, unexpected: s })),
  ];
  return {
    name,
    title: `${made.title} (${made.subtitle})`,
    compared: printed.length,
    paragraphs: made.paragraphs,
    findings: said,
    rows: [made.columns.map((c) => c.short), ...made.rows.map((r) => r.cells.map(cellText))],
    mismatches: [...cells, ...words],
  };
}

/** A csv figure, which is raw, written as the printed one. */
function shown(row: Record<string, string> | undefined, column: string, text: string): string {
  const raw = row?.[column] ?? 'no such cell';
  return raw === '' ? '–' : sameFigure(Number(raw), text);
}

/** The number as the printed text writes it, where it is that number at the printed decimals; else the number itself. */
function sameFigure(value: unknown, text: string): string {
  if (value === undefined || value === null || value === '–') return '–';
  const decimals = /,(\d+)%$/.exec(text)?.[1]?.length;
  const digits = decimals ?? 0;
  const shownValue = Number(value) * (decimals === undefined ? 1 : 100);
  return `${new Intl.NumberFormat('vi-VN', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(shownValue)}${decimals === undefined ? '' : '%'}`;
}

/** Cells of the first sheet by row and column of the report; the table begins under the row that holds its last title. */
function xlsxCells(file: string, { columns, rows }: Report): (row: number, column: number) => unknown {
  const [sheet] = readSheets(new Uint8Array(readFileSync(file)));
  const cells = must(sheet, `${file} has no sheet`).cells;
  const letter = (i: number): string =>
    i < 26 ? String.fromCharCode(65 + i) : `${letter(Math.floor(i / 26) - 1)}${letter(i % 26)}`;
  const label = columns.findIndex((c) => c.kind === 'text' && c.title !== 'STT');
  const name = (i: number) => {
    const cell = rows[i]?.cells[label];
    return cell ? cellText(cell) : '';
  };
  const first = [...Array(60).keys()].find((n) => cells.get(`${letter(label)}${n + 1}`)?.value === name(0));
  return (row, column) => cells.get(`${letter(column)}${(first ?? 0) + 1 + row}`)?.value;
}
