/** A dossier as rows of a report: moved by the real steps, read as the report counts it. */
import { expect, test } from 'vitest';
import { dossierFigures } from '../../../../shared/report/dossier-figures.ts';
import { opened, stepped } from '../../../support/steps.ts';

const born = opened({ date: '2026-11-16' });
const rows = (dossier: typeof born, on = '2026-11-30') =>
  Object.fromEntries(
    dossierFigures(dossier, { from: null, on, agencyOf: (code) => `cơ quan ${code}` }).map((f) => [
      f.part,
      f,
    ]),
  );

test('one row for the whole and one for each component', () => {
  const found = rows(born, '2026-11-16');
  expect(Object.keys(found)).toEqual(['chain', 'K1', 'K2', 'K3']);
  expect(found.chain).toMatchObject({
    outcome: 'under_way',
    endedOn: null,
    agency: '',
    receivedOn: '2026-11-16',
  });
  expect(found.K1).toMatchObject({ state: 'processing', time: 'under_way', agency: 'cơ quan K1' });
});

test('the whole ends with its last component, and is whole only when all are done', () => {
  const done = stepped(
    born,
    { action: 'result_received', components: ['K1'], on: '2026-11-16' },
    { action: 'result_received', components: ['K2'], on: '2026-11-18' },
    { action: 'refuse', components: ['K3'], on: '2026-11-20', reasonCode: 'khong_du_dieu_kien' },
  );
  const found = rows(done);
  expect(found.chain).toMatchObject({ outcome: 'part', endedOn: '2026-11-20', reason: 'khong_du_dieu_kien' });
  expect([found.K1?.time, found.K3?.reason, found.K2?.reason]).toEqual(['on', 'khong_du_dieu_kien', '']);
});

test('a refusal that was taken back has no reason', () => {
  const back = stepped(
    born,
    { action: 'refuse', components: ['K1'], on: '2026-11-16', reasonCode: 'da_dang_ky' },
    { action: 'take_back', components: ['K1'], on: '2026-11-17', reasonCode: 'nham_ho_so' },
  );
  expect(rows(back).K1).toMatchObject({ reason: '', outcome: 'under_way', endedOn: null });
});

test('papers asked for, and an obstacle that was cleared', () => {
  const asked = stepped(
    born,
    { action: 'report_obstacle', components: ['K1'], on: '2026-11-16', obstacle: 'phan_mem_ho_tich' },
    { action: 'clear_obstacle', components: ['K1'], on: '2026-11-16', time: '10:00' },
    {
      action: 'ask_supplement',
      components: ['K1'],
      on: '2026-11-16',
      time: '11:00',
      papers: ['ks_giay_chung_sinh'],
    },
  );
  const found = rows(asked);
  expect(found.K1).toMatchObject({
    askedOn: '2026-11-16',
    papers: ['ks_giay_chung_sinh'],
    obstacle: 'phan_mem_ho_tich',
    obstacleOpen: false,
  });
  expect(found.chain).toMatchObject({ askedOn: '2026-11-16', state: 'supplement', time: 'waiting_citizen' });
  expect(found.K2).toMatchObject({ askedOn: null, papers: [], obstacle: '' });
});

test('the official number is shown where there is one', () => {
  const named = { ...born, form: { ...born.form, 'code.official': '000.00.01.H29-261116-0001' } };
  expect(rows(named).chain?.code).toBe('000.00.01.H29-261116-0001');
  expect(rows(born).chain?.code).toBe(born.code);
});
