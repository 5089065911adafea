/**
 * The surprises of the domain (brief, section 9) that concern dossiers, each by its number. Where more is said of a point,
 * the test that says it is named. Points 5 to 9 and 24 are about counts and reports and stand with those.
 */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { type ChainCode, factOn, regimeOn } from '../../../../shared/catalogue/law.ts';
import { slipForm, slipFormOn, slipKinds } from '../../../../shared/catalogue/slips.ts';
import { successorsOn } from '../../../../shared/catalogue/successors.ts';
import { communesOn, unitOn } from '../../../../shared/catalogue/units.ts';
import { allowedActions } from '../../../../shared/domain/allowed-actions.ts';
import { citizenNumberWarning } from '../../../../shared/domain/citizen-number.ts';
import { chainOutcome, receiveBody, temporaryCode } from '../../../../shared/domain/dossier.ts';
import { likeness } from '../../../../shared/domain/duplicate.ts';
import { funeralSum } from '../../../../shared/domain/funeral-sum.ts';
import { actWarnings } from '../../../../shared/domain/plan-act.ts';
import { fold } from '../../../../shared/domain/project.ts';
import { readForm, stops } from '../../../../shared/domain/read-form.ts';
import { countBody } from '../../../../shared/domain/sheet.ts';
import { timeClass } from '../../../../shared/domain/time-class.ts';
import { judge } from '../../../../shared/domain/verdict.ts';
import { cleanText, searchKey } from '../../../../shared/lib/vietnamese-text.ts';
import { event, received } from '../../../support/events.ts';
import { form } from '../../../support/forms.ts';
import { opened, part, rulesOn, stepped } from '../../../support/steps.ts';

const TODAY = '2026-11-20';
const friday = opened({ date: TODAY });
const codes = (chain: ChainCode, date: string, flags: Record<string, string> = {}) =>
  opened({ chain, date, form: flags }).components.map((c) => c.code);
const stopsOf = (chain: ChainCode, values: Record<string, string>, on = TODAY) =>
  stops(readForm(chain, values, on)).map((p) => `${p.field} ${p.code}`);
const problemsOf = (chain: ChainCode, values: Record<string, string>) =>
  readForm(chain, values, TODAY).problems.map((p) => `${p.code} ${p.weight}`);
/** What no law leaves out, and nothing else. */
const least = {
  birth: {
    ...{ 'requester.fullName': 'Hồ A Păng', 'requester.relation': 'me', 'child.fullName': 'Hồ Thị Sông' },
    ...{ 'child.birth': '2026-11-10', 'child.sex': 'nu', 'child.birthPlace': 'Bệnh viện Từ Dũ' },
  },
  death: {
    ...{ 'requester.fullName': 'Hồ A Păng', 'requester.relation': 'con', 'deceased.fullName': 'Hồ Văn Núi' },
    ...{
      'deceased.sex': 'nam',
      'deceased.birth': '1931',
      'death.date': '2026-11-18',
      'death.place': 'Tại nhà',
    },
  },
};

// Every chain of every regime, flags and boundary days: integration/ipc/reception.test.ts; a fifth regime: dossier-new-regime.test.ts.
test('1: the chain is data: two to five components of a death, three or four of a birth', () => {
  expect(codes('birth', '2026-08-31', { 'request.idCard': '1' })).toEqual(['K1', 'K2', 'K3']);
  expect(codes('birth', '2026-09-01', { 'request.idCard': '1' })).toEqual(['K1', 'K2', 'K3', 'K4']);
  expect(codes('death', TODAY)).toEqual(['T1', 'T2']);
  expect(codes('death', TODAY, { 'request.funeral': '1' })).toEqual(['T1', 'T2', 'T3']);
  expect(codes('death', TODAY, { 'request.funeral': '1', 'request.survivor': '1' })).toEqual([
    'T1',
    'T2',
    'T3',
    'T4',
  ]);
});
// All of deadline.test.ts, plan-act.test.ts and time-class.test.ts.
test('2: one clock per component, one more for the chain', () => {
  expect(friday.components.map((c) => c.due)).toEqual([TODAY, '2026-11-26', '2026-11-25']);
  expect(friday.due).toBe('2026-11-26');
  const late = stepped(friday, { action: 'result_received', on: '2026-11-25', components: ['K1'] });
  expect([part(late, 'K2').due, part(late, 'K3').due, late.due]).toEqual([
    '2026-11-30',
    '2026-11-27',
    '2026-11-26',
  ]);
});
// working-days.test.ts, and every day of 2023-2027 in deadline.test.ts.
test('3: 24/11 is a holiday from 2026, make-up Saturdays work, other Saturdays do not count', () => {
  const k1 = (date: string, time = '09:00') => part(opened({ date, time }), 'K1').due;
  expect([k1('2026-11-24'), k1('2025-11-24'), k1('2026-01-10'), k1('2026-11-21')]).toEqual([
    '2026-11-25',
    '2025-11-24',
    '2026-01-10',
    '2026-11-23',
  ]);
});
// dossier.test.ts: every pair of states.
test('4: "đã xử lý xong" is not success: the chain is whole only where every component is done', () => {
  const refused = stepped(
    friday,
    { action: 'result_received', on: TODAY, components: ['K1', 'K2'] },
    { action: 'refuse', on: TODAY, components: ['K3'] },
  );
  expect(chainOutcome(refused.components)).toBe('part');
});
// units.test.ts, successors.test.ts; a dossier across the merger: verdict-steps.test.ts and integration/ipc/life.test.ts.
test('10: districts are history: units have dates and successors', () => {
  expect(unitOn('760', '2025-06-30')?.name).toBe('Quận 1');
  expect(unitOn('760', '2025-07-01')).toBeUndefined();
  expect(communesOn('79', TODAY)).toHaveLength(168);
  expect(successorsOn('26749@2021-01-01', TODAY).map((u) => u.key)).toEqual(['26743@2025-07-01']);
});
// unit/shared/slip/make-slip.test.ts.
test('11: seven papers since TT 03/2025; the apology also asks for a new day; old papers keep their numbering', () => {
  const numbers = (date: string) => slipKinds.flatMap((kind) => slipFormOn(kind, date)?.no ?? []);
  expect(numbers('2025-09-14')).toEqual(['01', '02', '03', '04', '05', '06']);
  expect(numbers('2025-09-15')).toEqual(['01', '02', '03', '04', '05', '06', '07']);
  expect([slipForm('control', 'tt01-2018')?.no, slipForm('control', 'tt03-2025')?.no]).toEqual(['05', '06']);
  expect(slipForm('extension', 'tt03-2025')?.title).toMatch(/gia hạn/i);
  expect(slipForm('extension', 'tt01-2018')?.title).not.toMatch(/gia hạn/i);
});
const asked = stepped(friday, { action: 'ask_supplement', on: TODAY, components: ['K1'] });
const arrived = stepped(asked, { action: 'supplement_arrived', on: TODAY, components: ['K1'] });
const warned = (dossier: typeof friday, action: 'ask_supplement' | 'extend', date: string) =>
  actWarnings(dossier, { action, components: ['K1'], at: { date, time: '09:00' } }, rulesOn({ date: TODAY }));
test('12: a second request is warned about, and makes the component late', () => {
  expect(warned(friday, 'ask_supplement', TODAY)).toEqual([]);
  expect(warned(arrived, 'ask_supplement', TODAY)).toEqual(['SUPPLEMENT_SECOND']);
  const twice = stepped(
    arrived,
    { action: 'ask_supplement', on: TODAY, components: ['K1'] },
    { action: 'result_received', on: TODAY, components: ['K1'] },
  );
  expect(timeClass(part(twice, 'K1'), TODAY)).toBe('late');
});
test('13: the clock stands still for the citizen and runs on at another agency', () => {
  expect(timeClass(part(asked, 'K1'), '2027-01-31')).toBe('waiting_citizen');
  const away = stepped(friday, { action: 'forward', on: TODAY, components: ['K1'] });
  expect(timeClass(part(away, 'K1'), '2026-11-23')).toBe('overdue');
  const back = stepped(away, { action: 'came_back', on: '2026-12-18', components: ['K1'] });
  expect(part(back, 'K1').due).toBe(TODAY);
});
test('14: the extension is there before the due day, and is warned about only after it', () => {
  const may = allowedActions(friday, { role: 'clerk', office: friday.office }, TODAY).find(
    (a) => a.action === 'extend',
  )?.components;
  expect(may).toEqual(['K1']);
  expect(warned(friday, 'extend', TODAY)).toEqual([]);
  expect(warned(friday, 'extend', '2026-11-21')).toEqual(['EXTENSION_AFTER_DUE']);
});
// citizen-number.test.ts.
test.each(['079198000001', '074198000001', '077198000001', '001198000001', '099198000001', '133198000001'])(
  '15: the number %s is taken whatever its place',
  (number) => {
    expect(citizenNumberWarning(number, 'nu', '1998-01-01')).toBeNull();
  },
);
test('16: a newborn has no number yet; the dead and old mothers have a CMND of 9 digits', () => {
  expect(stopsOf('birth', least.birth)).toEqual([]);
  expect(problemsOf('death', { ...least.death, 'deceased.citizenNumber': '023456789' })).not.toContain(
    'ID_FORM warn',
  );
  expect(problemsOf('birth', { ...least.birth, 'mother.citizenNumber': '023456789' })).not.toContain(
    'ID_FORM warn',
  );
});
describe('17: what law or practice leaves blank', () => {
  test('father, mother, hour, cause and exact dates may be missing', () => {
    expect(stopsOf('birth', least.birth)).toEqual([]);
    expect(stopsOf('death', least.death)).toEqual([]);
    expect(stopsOf('death', { ...least.death, 'death.cause': 'Không rõ', 'death.time': '' })).toEqual([]);
  });
  test('a year alone is a birth date of old people', () => {
    expect(stopsOf('death', { ...least.death, 'deceased.birth': '1931' })).toEqual([]);
    expect(
      stopsOf('birth', { ...least.birth, 'mother.fullName': 'Hồ Thị Mẹ', 'mother.birth': '1990' }),
    ).toEqual([]);
  });
});
// duplicate.test.ts; nobody is refused: integration/ipc/duplicates.test.ts.
test('18: twins and children of one name are no duplicates', () => {
  const child = {
    chain: 'birth',
    name: 'Nguyễn Minh Khôi',
    date: '2026-11-10',
    relative: 'Trần Thị Ngọc',
  } as const;
  expect(likeness(child, { ...child, name: 'Nguyễn Minh An' }).kind).toBe('twin');
  expect(likeness(child, { ...child, date: '2024-02-01', relative: 'Lê Thị Hoa' }).kind).toBe('none');
});
test('19: after 60 or 15 days the case is taken in; it is only said that it is late', () => {
  const birth = { ...least.birth, 'child.birth': '2020-01-01' };
  const death = { ...least.death, 'death.date': '2019-01-01' };
  expect([stopsOf('birth', birth), stopsOf('death', death)]).toEqual([[], []]);
  expect(problemsOf('birth', birth)).toContain('REGISTERED_LATE warn');
  expect(problemsOf('death', death)).toContain('REGISTERED_LATE warn');
});
// vietnamese-text.test.ts; all 63 difficult names: integration/ipc/dossiers.test.ts.
test('20: Đ is searched as d, both spellings of Unicode are one, and no name is raised', () => {
  expect(searchKey('Đặng Đức')).toBe('dang duc');
  expect(cleanText('Đạt'.normalize('NFD'))).toBe('Đạt'.normalize('NFC'));
  expect(
    readForm('birth', { ...least.birth, 'child.fullName': "H'Bia Ê-ban" }, TODAY).form['child.fullName'],
  ).toBe("H'Bia Ê-ban");
});
test('21: the number of a civil-status book repeats: two dossiers may carry the same one', () => {
  const code = { 'code.K1': '01/2025' };
  const noted = event({ verb: 'dossier.annotate', base: 1, body: { changes: code } });
  const verdict = judge({
    event: noted,
    sender: { role: 'clerk', office: noted.office },
    current: fold([received()]),
    applied: [received()],
  });
  expect(verdict.kind).toBe('accepted');
  expect(stopsOf('birth', { ...least.birth, ...code })).toEqual([]);
});
// funeral-sum.test.ts.
test('22: money goes by the date of death and the group, never by a constant', () => {
  const sum = (diedOn: string) => funeralSum({ catalogue, group: 'bhxh', diedOn }).amount;
  const groups = catalogue.funeralGroups.map((g) => g.code);
  expect(groups).toContain('bhxh');
  expect([sum('2024-06-30'), sum('2024-07-01'), sum('2026-07-01')]).toEqual([
    18_000_000, 23_400_000, 25_300_000,
  ]);
});
test('23: a temporary number never looks like an official one', () => {
  const code = temporaryCode(7, TODAY, 1);
  expect(code).not.toMatch(/H29|^\d{3}\./);
  for (const official of ['000.00.12.H29-261120-0001', 'H29-261120-0001'])
    expect(receiveBody.shape.code.safeParse(official).success).toBe(false);
});
test('24: a figure has no room for a name', () => {
  const cell = { category: 'hoi_nong_dan', measure: 'tong', value: 1, name: 'Ai đó' };
  const body = { unit: '26743@2025-07-01', asOf: TODAY, source: 'typed', cells: [cell] };
  expect(JSON.stringify(countBody.safeParse(body).data ?? {})).not.toContain('Ai đó');
});
test('25: law that has been replaced is not cited for what comes in today', () => {
  const rows = [...catalogue.facts, ...catalogue.requirements, ...catalogue.reasons, ...catalogue.regimes];
  const current = rows.filter((row) => row.from <= TODAY && (row.to === null || TODAY <= row.to));
  const texts = JSON.stringify(current);
  for (const gone of ['13/2023/NĐ-CP', '61/2018/NĐ-CP', '42/2016', 'Luật An toàn thông tin mạng'])
    expect(texts).not.toContain(gone);
});
// verdict.test.ts; between real machines: integration/sync/two-machines.test.ts.
test('26: of two that worked on the same field offline neither overwrites the other', () => {
  const change = (name: string, stream: string) =>
    event({
      verb: 'dossier.correct',
      base: 1,
      stream,
      body: { changes: { 'child.fullName': name }, reason: 'x' },
    });
  const applied = [received(), change('Một', '00000000-0000-4000-8000-000000000001')];
  const mine = change('Hai', '00000000-0000-4000-8000-000000000002');
  const verdict = judge({
    event: mine,
    sender: { role: 'clerk', office: mine.office },
    current: fold(applied),
    applied,
  });
  expect(verdict).toMatchObject({ kind: 'conflict', field: 'child.fullName' });
});
test('27: "Trích lục khai tử" until 28/02/2027, "Giấy chứng tử" from 01/03/2027', () => {
  const paper = (date: string) => [
    regimeOn(catalogue, date)?.chains.death.components[0]?.result,
    factOn(catalogue, 'wording.deathPaper', date)?.value,
  ];
  expect(paper('2027-02-28')).toEqual(['Trích lục khai tử', 'Trích lục khai tử']);
  expect(paper('2027-03-01')).toEqual(['Giấy chứng tử', 'Giấy chứng tử']);
});
test('28: the city let online fees go until 31/12/2025; after that none is claimed to be 0 as a fact', () => {
  const fee = (date: string) => factOn(catalogue, 'fee.birth.online', date);
  expect([fee('2025-12-31')?.value, fee('2025-12-31')?.verified]).toEqual(['0', true]);
  expect(fee('2026-01-01')?.verified).toBe(false);
});

test('an invented whole form of each chain stops at nothing', () => {
  expect([stopsOf('birth', form('birth')), stopsOf('death', form('death'))]).toEqual([[], []]);
});
