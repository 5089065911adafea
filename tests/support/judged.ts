/** The city's verdict on events made by hand, under circumstances that a test chooses; and one good event of each verb. */
import { dayId } from '../../shared/domain/day.ts';
import type { Event } from '../../shared/domain/event.ts';
import { fold } from '../../shared/domain/project.ts';
import { reportRecordId } from '../../shared/domain/report-record.ts';
import { settingId } from '../../shared/domain/setting.ts';
import { type SheetVerb, sheetId } from '../../shared/domain/sheet.ts';
import { targetId } from '../../shared/domain/target.ts';
import type { EventVerb, Role } from '../../shared/domain/verbs.ts';
import { judge } from '../../shared/domain/verdict.ts';
import { counted, EMPTY_FORM_RECEIVE, event, received } from './events.ts';

export interface Circumstances {
  readonly role?: Role;
  readonly office?: string;
  readonly applied?: readonly Event[];
}
export const verdict = (e: Event, { role = 'clerk', office = e.office, applied = [] }: Circumstances = {}) =>
  judge({ event: e, sender: { role, office }, current: fold(applied), applied: byOthers(applied) });
/** What stands at the city came from another machine. */
export const OTHER_STREAM = '00000000-0000-4000-8000-000000000001';
const byOthers = (events: readonly Event[]) => events.map((e) => ({ ...e, stream: OTHER_STREAM }));
export const form = received().body.form as Record<string, string>;
export const body = (more: object) => received({ ...EMPTY_FORM_RECEIVE, form, ...more });
export const correct = (changes: Record<string, string>, base = 1, more: Partial<Event> = {}) =>
  event({ verb: 'dossier.correct', base, body: { changes, reason: 'gõ nhầm' }, ...more });

export const added = (code: string, waitsFor: string | null = null): Event['body'] => ({
  ...{ changes: { 'request.idCard': '1' }, reason: 'thêm' },
  added: [{ code, due: null, waitsFor, startedOn: null }],
});
export const act = (body: object = {}, more: Partial<Event> = {}) =>
  event({
    verb: 'dossier.act',
    base: 1,
    body: {
      action: 'result_received',
      components: ['K1'],
      on: '2026-11-20',
      time: '10:00',
      dues: [],
      ...body,
    },
    ...more,
  });
export const note = (changes: object, more: Partial<Event> = {}) =>
  event({ verb: 'dossier.annotate', base: 1, body: { changes } as Event['body'], ...more });
export const row = (more: object = {}) => ({
  key: 'limit.K2',
  from: '2023-07-10',
  value: '5',
  source: 'Công văn thử',
  ...more,
});
export const setting = (corrections: object[] = [row()], more: Partial<Event> = {}) =>
  event({
    verb: 'catalogue.correct',
    subject: { kind: 'setting', id: settingId(more.office ?? '26743') },
    body: { corrections, reason: 'theo công văn' } as Event['body'],
    ...more,
  });

const ABOUT = { unit: '26743@2025-07-01', asOf: '2026-11-20' };
/** A step of the ward's sheet; `office` 79 = the city, which lies above it. */
export const sheetStep = (
  verb: SheetVerb,
  base: number,
  { reason = '', ...more }: Partial<Event> & { reason?: string } = {},
) =>
  event({
    verb,
    base,
    subject: { kind: 'sheet', id: sheetId(ABOUT) },
    body: { ...ABOUT, on: '2026-11-20', ...(reason && { reason }) },
    ...more,
  });
export const target = (more: object = {}) =>
  event({
    verb: 'target.set',
    subject: { kind: 'target', id: targetId('26743') },
    body: {
      ...{ unit: '26743', category: 'hoi_nong_dan', measure: 'tong', value: 900 },
      ...{ from: '2026-01-01', to: null, source: 'Kế hoạch thử' },
      ...more,
    } as Event['body'],
  });
const REPORT = { report: 'lien-thong', from: '2026-11-01', to: '2026-11-20' };
const reportEvent = (verb: 'report.print' | 'report.freeze', body: object) =>
  event({
    verb,
    subject: { kind: 'report', id: reportRecordId('26743', REPORT.report, REPORT) },
    body: { ...REPORT, ...body } as Event['body'],
  });
/** The ward beside, Phường Sài Gòn. */
export const NEXT_WARD = '26740@2025-07-01';
export const transfer = (body: object = {}, more: Partial<Event> = {}) =>
  event({
    verb: 'dossier.transfer',
    base: 1,
    body: {
      to: NEXT_WARD,
      components: ['K1', 'K2', 'K3'],
      on: '2026-11-20',
      reason: 'nhầm địa bàn',
      ...body,
    },
    ...more,
  });
const RETURNED = '00000000-0000-4000-8000-00000000000b';
export const resolve = (body: object = {}, more: Partial<Event> = {}) =>
  event({
    verb: 'dossier.resolve',
    base: 1,
    body: {
      ...{ event: RETURNED, kept: 'mine', fields: { 'child.fullName': 'mine' } },
      ...{ changes: { 'child.fullName': 'Trần Thị C' }, reason: 'đúng theo giấy chứng sinh' },
      ...body,
    } as Event['body'],
    ...more,
  });
export const resolveSheet = (body: object = {}, more: Partial<Event> = {}) =>
  event({
    verb: 'sheet.resolve',
    base: 1,
    subject: { kind: 'sheet', id: sheetId(ABOUT) },
    body: {
      ...{ ...ABOUT, event: RETURNED, kept: 'mine', reason: 'theo danh sách' },
      cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 7 }],
      ...body,
    } as Event['body'],
    ...more,
  });
export const closing = (body: object = {}, more: Partial<Event> = {}) => {
  const e = event({ verb: 'day.close', ...more });
  return {
    ...e,
    subject: { kind: 'day' as const, id: dayId({ office: e.office, device: e.device, day: '2026-11-20' }) },
    body: {
      ...{ day: '2026-11-20', entered: 3, sent: 2, accepted: 1, returned: 1, waiting: 1, digestHash: null },
      differences: [
        { kind: 'waiting', n: 1, note: 'mất mạng từ 15h' },
        { kind: 'no_digest', n: 2, note: 'mất mạng từ 15h' },
      ],
      ...body,
    } as Event['body'],
    ...(more.subject && { subject: more.subject }),
  };
};
const counts = counted({ hoi_nong_dan: 5 });
export const SCAN = 'a'.repeat(64);
export const attach = (more: object = {}, circumstances: Partial<Event> = {}) =>
  event({
    verb: 'dossier.attach',
    base: 1,
    body: {
      file: { sha256: SCAN, name: 'giay-chung-sinh.jpg', size: 1_000, type: 'image/jpeg' },
      ...{ paper: 'ks_giay_chung_sinh', note: '' },
      ...more,
    },
    ...circumstances,
  });
export const detach = (more: object = {}, circumstances: Partial<Event> = {}) =>
  event({
    verb: 'dossier.detach',
    base: 2,
    body: { sha256: SCAN, reason: 'nhầm hồ sơ', ...more },
    ...circumstances,
  });

const locked = sheetStep('sheet.lock', 1);

export const CLUSTER = '00000000-0000-4000-8000-00000000000c';
/** A cluster of the city, of one ward unless more are named. */
export const cluster = (more: object = {}, circumstances: Partial<Event> = {}) =>
  event({
    verb: 'cluster.set',
    office: '79',
    subject: { kind: 'setting', id: settingId('79') },
    body: {
      ...{ cluster: CLUSTER, name: 'Cụm thi đua số 1', units: ['26743@2025-07-01'] },
      ...{ from: '2026-01-01', to: null },
      ...more,
    } as Event['body'],
    ...circumstances,
  });

export const cases: Record<EventVerb, readonly [Event, readonly Event[], Role]> = {
  'dossier.receive': [received(), [], 'clerk'],
  'dossier.correct': [correct({ 'child.fullName': 'Trần Thị B' }), [received()], 'clerk'],
  'dossier.annotate': [note({ 'code.official': 'H29-1' }), [received()], 'clerk'],
  'dossier.act': [act(), [received()], 'clerk'],
  'count.record': [counted({ hoi_nong_dan: 0 }), [], 'clerk'],
  'sheet.lock': [locked, [counts], 'clerk'],
  'sheet.approve': [sheetStep('sheet.approve', 2, { office: '79' }), [counts, locked], 'officer'],
  'sheet.return': [
    sheetStep('sheet.return', 2, { office: '79', reason: 'thiếu một ấp' }),
    [counts, locked],
    'officer',
  ],
  'sheet.unlock': [sheetStep('sheet.unlock', 2, { reason: 'gõ nhầm' }), [counts, locked], 'head'],
  'target.set': [target(), [], 'head'],
  'cluster.set': [cluster(), [], 'officer'],
  'report.print': [
    reportEvent('report.print', {
      figures: [{ row: 'total', column: 'received', text: '1.438' }],
      source: 'Báo cáo thử',
    }),
    [],
    'clerk',
  ],
  'report.freeze': [
    reportEvent('report.freeze', { id: '00000000-0000-4000-8000-00000000000a', report_json: '{}' }),
    [],
    'clerk',
  ],
  'catalogue.correct': [setting(), [], 'head'],
  'dossier.resolve': [resolve(), [received()], 'clerk'],
  'dossier.transfer': [transfer(), [received()], 'clerk'],
  'dossier.attach': [attach(), [received()], 'clerk'],
  'dossier.detach': [detach(), [received(), attach()], 'clerk'],
  'sheet.resolve': [resolveSheet(), [counts], 'clerk'],
  'day.close': [closing(), [], 'clerk'],
};
