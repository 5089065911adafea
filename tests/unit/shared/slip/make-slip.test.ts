/** Which paper, under which number, with which words; and what stays blank. */
import { expect, test } from 'vitest';
import {
  type numberings,
  slipForm,
  slipFormOn,
  slipForms,
  slipKinds,
} from '../../../../shared/catalogue/slips.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import { type DossierSlipKind, makeRegister, makeSlip } from '../../../../shared/slip/make-slip.ts';
import { registerInput, slipInput, slipRequest } from '../../../../shared/slip/slip-input.ts';
import { inputOf, source } from '../../../e2e/slip-page/fixtures.ts';
import { modelTexts } from '../../../support/slip-texts.ts';

const plain = inputOf('plain');
const textOf = (kind: DossierSlipKind, numbering: (typeof numberings)[number], input = plain) => {
  const model = makeSlip(kind, numbering, input);
  if (!model) throw new Error('no such paper');
  return modelTexts(model).join('\n');
};

// DOMAIN: seven papers since 15/09/2025, old 05 and 06 became 06 and 07, 05 is new, 04 changed its name.
test.each([
  ['receipt', '01', '01'],
  ['supplement', '02', '02'],
  ['refusal', '03', '03'],
  ['extension', '04', '04'],
  ['stop', undefined, '05'],
  ['control', '05', '06'],
  ['register', '06', '07'],
  ['summary', null, null],
] as const)('%s is Mẫu %s until 14/09/2025 and Mẫu %s from 15/09/2025', (kind, before, after) => {
  expect(slipFormOn(kind, '2025-09-14')?.no).toBe(before);
  expect(slipFormOn(kind, '2025-09-15')?.no).toBe(after);
});

test('the apology of 2018 becomes the request for more time of 2025', () => {
  expect(slipForm('extension', 'tt01-2018')?.title).toMatch(/xin lỗi và hẹn lại ngày/);
  expect(slipForm('extension', 'tt03-2025')?.title).toMatch(/xin lỗi và đề nghị gia hạn/);
});

test('the numberings of a purpose follow each other without a gap and without a day in two', () => {
  for (const kind of slipKinds) {
    const forms = slipForms.filter((form) => form.kind === kind);
    expect(new Set(forms.map((form) => form.numbering)).size).toBe(forms.length);
    for (const form of forms.filter(({ to }) => to !== null)) {
      const next = slipFormOn(kind, addDays(form.to ?? '', 1));
      expect(next?.numbering).toBe('tt03-2025');
    }
  }
});

test('a paper whose text was not read in the circular is not called verified', () => {
  const unread = slipForms.filter((form) => /chưa đối chiếu/.test(form.source));
  expect(unread.length).toBeGreaterThan(0);
  expect(unread.every((form) => !form.verified)).toBe(true);
});

test('there was no stop notice under the circular of 2018', () => {
  expect(makeSlip('stop', 'tt01-2018', plain)).toBeNull();
});

test('the receipt of 2018 lists the papers and tells the limit, the one of 2025 has a table, the fee and the CCCD', () => {
  const [old, now] = [textOf('receipt', 'tt01-2018'), textOf('receipt', 'tt03-2025')];
  expect(old).toContain('3. Thời gian giải quyết hồ sơ theo quy định là');
  expect(old).toContain('Giấy chứng sinh (bản chính: 01)');
  expect(old).not.toContain('Phí, lệ phí');
  expect(now).toContain('Loại giấy tờ (Bản chính/Bản sao)');
  expect(now).toContain('6. Phí, lệ phí (nếu có)');
  expect(now).toContain('079090000001');
  expect(now).not.toContain('03 ngày làm việc');
});

test('the receipt has one liên for each that is asked for, and they differ in that line alone', () => {
  const model = makeSlip('receipt', 'tt03-2025', plain);
  expect(model?.copies.map((copy) => copy.id)).toEqual(['kept', 'given']);
  const [kept, given] = (model?.copies ?? []).map((copy) => JSON.stringify(copy.blocks));
  expect(kept?.replace('(Liên lưu)', '')).toBe(given?.replace('(Liên giao người nộp hồ sơ)', ''));
  expect(makeSlip('receipt', 'tt03-2025', { ...plain, copies: ['given'] })?.copies).toHaveLength(1);
});

test('hours and days are written out', () => {
  const text = textOf('receipt', 'tt03-2025', { ...plain, dueAt: '2027-01-05T07:05' }).replaceAll('\n', '');
  expect(text).toContain('09 giờ 30 phút, ngày 20 tháng 11 năm 2026');
  expect(text).toContain('07 giờ 05 phút, ngày 05 tháng 01 năm 2027');
});

test('a due day without an hour leaves the hour to the pen', () => {
  const model = makeSlip('receipt', 'tt03-2025', { ...plain, dueAt: '2026-11-26' });
  const line = model?.copies[0]?.blocks.find(
    (block) => block.is === 'fields' && block.fields[0]?.label.startsWith('4.'),
  );
  expect(JSON.stringify(line)).toContain('"blank"');
  expect(JSON.stringify(line)).toContain('ngày 26 tháng 11 năm 2026');
});

test('a temporary number never stands as Mã hồ sơ, and gives way to the official one', () => {
  const temporary = { official: '', temporary: 'T-12-261120-003' };
  for (const kind of ['receipt', 'supplement', 'refusal', 'control', 'summary'] as const) {
    const text = textOf(kind, 'tt03-2025', { ...plain, code: temporary });
    expect(text).toContain('Mã tạm của máy: \nT-12-261120-003');
    expect(text).not.toContain('Mã hồ sơ: ');
    expect(textOf(kind, 'tt03-2025')).not.toContain('T-12-261120-003');
  }
});

test('no code at all: no bars, no square', () => {
  const model = makeSlip('control', 'tt03-2025', { ...plain, code: { official: '', temporary: '' } });
  expect(model?.copies[0]?.blocks.find((block) => block.is === 'title')).toMatchObject({ code: null });
});

test('waiting for the city shows on papers of the house and never on those of the citizen', () => {
  const waiting = { ...plain, pending: true };
  expect(textOf('summary', 'tt03-2025', waiting)).toContain('chờ xác nhận');
  expect(textOf('summary', 'tt03-2025', { ...plain, pending: false })).not.toContain('chờ xác nhận');
  for (const kind of ['receipt', 'supplement', 'refusal', 'extension', 'stop', 'control'] as const)
    expect(textOf(kind, 'tt03-2025', waiting)).not.toContain('chờ xác nhận');
});

test('a paper of an invented dossier says that it is worth nothing', () => {
  expect(makeSlip('receipt', 'tt03-2025', { ...plain, sample: true })?.mark).toMatch(/KHÔNG CÓ GIÁ TRỊ/);
  expect(makeSlip('receipt', 'tt03-2025', plain)?.mark).toBe('');
});

test('the control sheet keeps every hand-over in order and room for the pen', () => {
  const rows = (count: number) => {
    const [row] = plain.handOvers;
    if (!row) throw new Error('no row');
    const handOvers = Array.from({ length: count }, (_, i) => ({ ...row, note: `lần ${i}` }));
    const blocks = makeSlip('control', 'tt03-2025', { ...plain, handOvers })?.copies[0]?.blocks ?? [];
    const table = blocks.find((block) => block.is === 'table');
    return table?.is === 'table' ? table.rows.map((cells) => cells[3]?.lines[0] ?? '') : [];
  };
  expect(rows(0)).toEqual(['', '', '', '']);
  expect(rows(3)).toEqual(['lần 0', 'lần 1', 'lần 2', '']);
  expect(rows(7)).toHaveLength(7);
});

test('every text of the input that belongs on a paper is on it', () => {
  const longest = inputOf('longest');
  const all = (kind: DossierSlipKind) => textOf(kind, 'tt03-2025', longest);
  for (const kind of ['receipt', 'supplement', 'refusal', 'extension', 'stop', 'control', 'summary'] as const)
    expect(all(kind)).toContain(longest.requester.name);
  for (const item of longest.items) expect(all('supplement')).toContain(item);
  for (const reason of longest.reasons)
    for (const kind of ['supplement', 'refusal', 'extension', 'stop'] as const)
      expect(all(kind)).toContain(reason);
  for (const paper of longest.papers) expect(all('receipt')).toContain(paper.name);
});

test('the summary tells the latest eight steps and how many came before', () => {
  const text = textOf('summary', 'tt03-2025', inputOf('longest'));
  expect(text).toContain('Ghi nhận việc thứ 40');
  expect(text).toContain('Ghi nhận việc thứ 33');
  expect(text).not.toContain('Ghi nhận việc thứ 32\n');
  expect(text).toContain('(và 32 việc trước đó, xem trong chương trình)');
});

test('the register has thirteen columns that fill the page, a row for each dossier, and marks what waits', async () => {
  const { numbering, input } = await source.register({ from: '2026-11-01', to: '2026-11-21' });
  const model = makeRegister(numbering, input);
  const table = model?.copies[0]?.blocks.find((block) => block.is === 'table');
  if (table?.is !== 'table') throw new Error('no table');
  expect(table.columns).toHaveLength(13);
  expect(table.columns.reduce((sum, column) => sum + column.width, 0)).toBeCloseTo(100, 6);
  expect(table.rows).toHaveLength(20);
  expect(table.rows.every((row) => row.length === 13)).toBe(true);
  expect(table.rows[0]?.[12]?.lines).toContain('(chờ xác nhận)');
  expect(table.rows[1]?.[12]?.lines).toEqual([]);
  expect(model?.landscape).toBe(true);
});

test.each(['plain', 'longest', 'blank', 'wall'])('the fixture %s passes the schema', (fixture) => {
  expect(slipInput.safeParse(inputOf(fixture)).error).toBeUndefined();
});

test('the fixture of the register passes the schema', async () => {
  const { input } = await source.register({ from: '2026-11-01', to: '2026-11-21' });
  expect(registerInput.safeParse(input).error).toBeUndefined();
});

test.each([
  ['a date that is no date', { issuedOn: '20/11/2026' }],
  ['a time without a day', { receivedAt: 'T09:30' }],
  ['a time that no clock shows', { receivedAt: '2026-11-20T24:00' }],
  ['a day that the calendar has not', { dueAt: '2026-02-31' }],
  ['half a set', { sets: 0.5 }],
  ['fewer than no sets', { sets: -1 }],
  ['no liên', { copies: [] }],
  ['an unknown liên', { copies: ['spare'] }],
  ['a field that nobody prints', { motherName: 'x' }],
  ['a form of paper that is unknown', { papers: [{ name: 'x', form: 'fax', count: 1 }] }],
])('the schema refuses %s', (_what, change) => {
  expect(slipInput.safeParse({ ...plain, ...change }).success).toBe(false);
});

test('the register is no paper of one dossier', () => {
  expect(slipRequest.safeParse({ id: 'x', kind: 'register' }).success).toBe(false);
  expect(slipRequest.safeParse({ id: 'x', kind: 'summary' }).success).toBe(true);
});
