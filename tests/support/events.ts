/** Events made by hand for tests of the rules: valid unless spoiled, chained where asked. */
import { createHash } from 'node:crypto';
import { type Event, eventHash, GENESIS } from '../../shared/domain/event.ts';
import { sheetId } from '../../shared/domain/sheet.ts';
import { testIds } from './clock.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const ids = testIds('events');
const STREAM = ids.uuid();
const DOSSIER = ids.uuid();

export const EMPTY_FORM_RECEIVE = {
  code: 'T-7-261120-001',
  chain: 'birth',
  regime: 'nd301-2026',
  receivedOn: '2026-11-20',
  receivedTime: '09:30',
  channel: 'truc_tiep',
  commune: '26743@2025-07-01',
  components: [
    { code: 'K1', due: '2026-11-20', waitsFor: null },
    { code: 'K2', due: '2026-11-26', waitsFor: 'K1' },
    { code: 'K3', due: '2026-11-25', waitsFor: 'K1' },
  ],
  due: '2026-11-26',
  form: {},
  synthetic: true,
};
const FORM = {
  'requester.fullName': 'Nguyễn Thị Ánh',
  'requester.relation': 'me',
  'requester.phone': '0199123456',
  'child.fullName': "Trần H'Bia Đạt",
  'child.birth': '2026-11-10',
  'child.sex': 'nam',
  'child.birthPlace': 'Bệnh viện Từ Dũ',
};

export function event(more: Partial<Event> = {}): Event {
  const unsealed = {
    id: ids.uuid(),
    schema: 1,
    stream: STREAM,
    seq: 1,
    verb: 'dossier.receive',
    subject: { kind: 'dossier' as const, id: DOSSIER },
    base: 0,
    body: {},
    actor: { id: 'a', name: 'Lê Thị Thử', role: 'clerk' as const },
    device: STREAM,
    office: '26743',
    at: '2026-11-20T02:30:00.000Z',
    boot: 'b',
    mono: 1,
    prev: GENESIS,
    ...more,
  };
  return { ...unsealed, hash: eventHash(unsealed, sha256) };
}

export function received(
  body: Event['body'] = { ...EMPTY_FORM_RECEIVE, form: FORM },
  more: Partial<Event> = {},
): Event {
  return event({ body, ...more });
}

export function counted(
  cells: Record<string, number | null>,
  {
    unit = '26743@2025-07-01',
    asOf = '2026-11-20',
    ...more
  }: Partial<Event> & { unit?: string; asOf?: string } = {},
): Event {
  const list = Object.entries(cells).map(([category, value]) => ({ category, measure: 'tong', value }));
  return event({
    verb: 'count.record',
    subject: { kind: 'sheet', id: sheetId({ unit, asOf }) },
    body: { unit, asOf, cells: list, source: 'typed' },
    ...more,
  });
}

/** Events linked into one stream, as a desk would write them. */
export function chained(events: readonly Event[]): Event[] {
  let [prev, seq] = [GENESIS, 0];
  return events.map((e) => {
    const unsealed = { ...e, seq: ++seq, prev };
    prev = eventHash(unsealed, sha256);
    return { ...unsealed, hash: prev };
  });
}
