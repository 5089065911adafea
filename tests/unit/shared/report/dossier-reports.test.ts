/** Reports about the linked procedures: the city's month, Biểu 06 and its invariants, papers, reasons, obstacles, time. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { obstacles } from '../../../../shared/catalogue/obstacles.ts';
import { channels } from '../../../../shared/domain/dossier.ts';
import { timeClass } from '../../../../shared/domain/time-class.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import type { DossierFigure } from '../../../../shared/report/figures.ts';
import { cellAt, chain, count, key, report, sentences, times } from './report-input.ts';

const window = { from: '2023-08-11', to: '2023-09-10' };
const previous = { from: '2023-07-11', to: '2023-08-10' };
const month = (dossiers: readonly DossierFigure[], more: object = {}) =>
  report('lien-thong', { window, previous, treeOn: '2023-09-10', dossiers, ...more });

const done = { state: 'given', endedOn: '2023-09-01', time: 'late' } as const;
const stuck = { state: 'supplement', time: 'waiting_citizen', askedOn: '2023-08-16' } as const;
const before = { receivedOn: '2023-07-20', endedOn: '2023-08-01', state: 'given', time: 'late' } as const;

/** The city's month as the report of 04/10/2023 gives it: 1.320 and 94 received, 191 and 3 ended, 59 whole. */
const september: readonly DossierFigure[] = [
  ...times(59, () => chain({ ...done, outcome: 'whole' })),
  ...times(132, (i) => chain({ ...done, outcome: i < 100 ? 'part' : 'none', channel: 'truc_tiep' })),
  ...times(1129, () => chain(stuck)),
  ...times(3, () => chain({ ...done, chain: 'death', outcome: 'part' })),
  ...times(91, () => chain({ ...stuck, chain: 'death', channel: 'buu_chinh' })),
];
/** August, which is in no seed: invented so that the sentence words the changes as the report does. */
const august: readonly DossierFigure[] = [
  ...times(19, () => chain({ ...before, outcome: 'whole' })),
  ...times(61, () => chain({ ...before, outcome: 'part' })),
];

describe('c. the two linked procedures, 11/8-10/9/2023', () => {
  const made = month([...september, ...august]);
  test.each([
    ['birth', { received: 1320, ended: 191, whole: 59, part: 100, none: 32, open: 1129, waiting: 1129 }],
    ['death', { received: 94, ended: 3, whole: 0, part: 3, none: 0, open: 91, waiting: 91, post: 91 }],
    [
      'total',
      { received: 1414, ended: 194, whole: 59, direct: 132, online: 1191, post: 91, ended_before: 80 },
    ],
  ])('%s', (row, expected) => {
    const found = Object.fromEntries(Object.keys(expected).map((c) => [c, count(made, row, c)]));
    expect(found).toEqual(expected);
  });
  test('change in per cent of the window before', () => {
    expect(cellAt(made, 'total', 'ended_change')).toEqual({ kind: 'percent', part: 114, of: 80 });
    expect(made.findings).toEqual([]);
  });
  test('the paragraphs, as the monthly report words them', () => {
    expect(made.paragraphs).toEqual([
      'Từ 11/8/2023 đến 10/9/2023, Ủy ban nhân dân phường, xã, thị trấn đã tiếp nhận 1.414 hồ sơ trên Phần mềm dịch vụ công liên thông, ghi nhận đã xử lý xong 194 hồ sơ (tăng hơn gấp đôi so với tháng 8), trong đó có 59 hồ sơ giải quyết thành công 03 thủ tục liên thông: Khai sinh, đăng ký thường trú và cấp thẻ bảo hiểm y tế (tăng hơn gấp 3 lần so với tháng 8).',
      'Đăng ký khai sinh - Đăng ký thường trú - Cấp thẻ Bảo hiểm y tế cho trẻ dưới 06 tuổi: Tiếp nhận 1.320 hồ sơ, đã giải quyết 191 hồ sơ, còn lại không được giải quyết do thiếu hồ sơ.',
      'Đăng ký khai tử - Xóa đăng ký thường trú - Trợ cấp mai táng, hỗ trợ chi phí mai táng: Tiếp nhận 94 hồ sơ, đã giải quyết 03 hồ sơ, còn lại không được giải quyết do thiếu hồ sơ.',
    ]);
  });
  test('the printed 1.438 is told, the right figures are not', () => {
    const printed = [
      { row: 'total', column: 'received', text: '1.438' },
      { row: 'total', column: 'ended', text: '194' },
      { row: 'total', column: 'rate', text: '13,7%' },
      { row: 'birth', column: 'rate', text: '14,47%' },
      { row: 'death', column: 'rate', text: '3,1%' },
    ];
    expect(sentences(month(september, { printed }))).toEqual([
      'Cả hai nhóm, Tiếp nhận: 1.320 + 94 = 1.414, báo cáo ghi 1.438: lệch 24',
      'Đăng ký khai tử - Xóa đăng ký thường trú - Trợ cấp mai táng, hỗ trợ chi phí mai táng, Xử lý xong trên tiếp nhận: 3/94 = 3,2%, báo cáo ghi 3,1%: cắt bỏ số lẻ thay vì làm tròn',
    ]);
  });
  test('a printed figure for what is not known, unreadable or nowhere is told', () => {
    const printed = [
      { row: 'total', column: 'received_before', text: '700' },
      { row: 'total', column: 'received', text: 'hơn nghìn' },
      { row: 'total', column: 'khong_co', text: '1' },
    ];
    const codes = month(september, { printed, previous: null }).findings.map((f) => f.code);
    expect(codes).toEqual(['PRINTED_NOT_KNOWN', 'PRINTED_UNREADABLE', 'PRINTED_NOWHERE']);
  });
  test('without the window before nothing is compared: no change, no 0', () => {
    const alone = month(september, { previous: null });
    expect(count(alone, 'total', 'received_before')).toBeNull();
    expect(cellAt(alone, 'total', 'ended_change')).toEqual({ kind: 'percent', part: null, of: null });
    expect(alone.paragraphs[0]).not.toContain('so với');
  });
  test('where dossiers are not known there is no figure and no sentence', () => {
    const { dossiers: _, ...unknown } = { dossiers: 0, window, previous };
    const empty = report('lien-thong', { ...unknown, treeOn: '2023-09-10' });
    expect(count(empty, 'total', 'received')).toBeNull();
    expect(empty.paragraphs).toEqual([]);
  });
  test('some of the rest are not stopped by papers', () => {
    const mixed = month([chain(stuck), chain(), chain()]);
    expect(mixed.paragraphs[1]).toContain(
      'còn lại 03 hồ sơ đang giải quyết, trong đó 01 hồ sơ thiếu giấy tờ.',
    );
  });
  test('more ended than came in: said to be carried over, not to be a mistake', () => {
    const old = () =>
      chain({
        receivedOn: '2023-08-01',
        endedOn: '2023-08-20',
        state: 'given',
        outcome: 'part',
        time: 'late',
      });
    const made = month([old(), old(), chain()]);
    expect(sentences(made, 'RATE_ABOVE_100').at(-1)).toBe(
      'Cả hai nhóm: 2/1 = 200,0%: trên 100%, vì trong số đã xử lý có hồ sơ tiếp nhận từ kỳ trước',
    );
  });
  test('of a window that is not over nothing is late that is not late today, and it is said', () => {
    const open = chain({ receivedOn: '2023-08-16', due: '2023-08-25', time: 'under_way' });
    const made = report('bieu-06', { window, treeOn: window.to, dossiers: [open], today: '2023-08-20' });
    expect(['c11', 'c12', 'c13'].map((c) => count(made, 'birth', c))).toEqual([1, 1, 0]);
    expect(made.notes).toContain('Kỳ chưa kết thúc: số liệu mới có đến ngày 20/8/2023.');
    const ageing = report('ton-dong', {
      window: { from: null, to: '2023-09-10' },
      dossiers: [{ ...open, part: 'K1' }],
      today: '2023-08-20',
    });
    expect(
      ageing.rows.map(({ key: row }) => ['days_open', 'days_late'].map((c) => count(ageing, row, c))),
    ).toEqual([[4, null]]);
    expect(month([chain(stuck)]).notes.join()).not.toContain('chưa kết thúc');
  });
  test('what ended after the window is under way in it', () => {
    const later = month([chain({ endedOn: '2023-09-11', state: 'given', outcome: 'whole', time: 'late' })]);
    expect([count(later, 'total', 'ended'), count(later, 'total', 'open')]).toEqual([0, 1]);
  });
  test('from 01/09/2026 the chain is named with its fourth part', () => {
    const to = '2026-10-10';
    const now = report('lien-thong', {
      window: { from: '2026-09-11', to },
      treeOn: to,
      dossiers: [
        chain({ receivedOn: '2026-09-12', endedOn: '2026-09-14', outcome: 'whole', state: 'given' }),
      ],
    });
    expect(now.paragraphs[0]).toBe(
      'Từ 11/9/2026 đến 10/10/2026, Ủy ban nhân dân phường, xã, đặc khu đã tiếp nhận 01 hồ sơ trên Phần mềm dịch vụ công liên thông, ghi nhận đã xử lý xong 01 hồ sơ, trong đó có 01 hồ sơ giải quyết thành công các thủ tục liên thông: Khai sinh, đăng ký thường trú, cấp thẻ bảo hiểm y tế và cấp thẻ căn cước.',
    );
  });
});

describe('d. Biểu 06/VPCP/KSTT', () => {
  const ends = ['given', 'refused', 'stopped', 'withdrawn'] as const;
  const opens = ['processing', 'supplement', 'elsewhere', 'waiting', 'payment'] as const;
  const day = (n: number) => addDays('2023-06-01', n);
  const dossier = fc
    .record({
      received: fc.nat(101),
      took: fc.option(fc.nat(60), { nil: null }),
      due: fc.option(fc.nat(120), { nil: null }),
      end: fc.constantFrom(...ends),
      open: fc.constantFrom(...opens),
      channel: fc.constantFrom(...channels),
      chain: fc.constantFrom('birth' as const, 'death' as const),
      supplements: fc.nat(2),
    })
    .map(({ received, took, due, end, open, supplements, ...more }) => {
      const endedOn = took === null ? null : day(received + took);
      const clocked = {
        due: due === null ? null : day(received + due),
        endedOn,
        state: endedOn === null ? open : end,
        askedOn: open === 'supplement' ? day(received) : '',
        supplements,
      };
      return chain({
        ...more,
        receivedOn: day(received),
        endedOn,
        due: clocked.due,
        state: clocked.state,
        time: timeClass(clocked, window.to),
      });
    });

  test('the four invariants hold over any dossiers, in each row and in the total', () => {
    fc.assert(
      fc.property(fc.array(dossier, { maxLength: 60 }), (dossiers) => {
        const onHand = dossiers.filter((d) => d.receivedOn <= window.to);
        const made = report('bieu-06', { window, treeOn: '2023-09-10', dossiers: onHand });
        expect(made.findings).toEqual([]);
        for (const row of ['birth', 'death', 'total']) {
          const c = (n: number) => Number(count(made, row, `c${n}`));
          expect(c(3)).toBe(c(4) + c(5) + c(6));
          expect(c(7)).toBe(c(8) + c(9) + c(10));
          expect(c(11)).toBe(c(12) + c(13));
          expect(c(3)).toBe(c(7) + c(11));
        }
        expect(count(made, 'total', 'c4')).toBe(
          onHand.filter((d) => d.channel === 'truc_tuyen' && d.receivedOn >= window.from).length,
        );
      }),
      { numRuns: 60 },
    );
  });
  test('each class in its column', () => {
    const made = report('bieu-06', {
      window,
      treeOn: '2023-09-10',
      dossiers: [
        chain({ endedOn: '2023-08-17', state: 'given', outcome: 'whole', time: 'before' }),
        chain({ endedOn: '2023-08-18', state: 'given', outcome: 'whole', time: 'on', channel: 'truc_tiep' }),
        chain({
          endedOn: '2023-08-19',
          state: 'refused',
          outcome: 'none',
          time: 'late',
          channel: 'buu_chinh',
        }),
        chain({ receivedOn: '2023-08-01', time: 'overdue' }),
        chain({ ...stuck }),
        chain({ ...before, outcome: 'whole' }),
      ],
    });
    const row = Array.from({ length: 11 }, (_, i) => count(made, 'birth', `c${i + 3}`));
    expect(row).toEqual([5, 2, 2, 1, 3, 1, 1, 1, 2, 1, 1]);
    expect(made.columns.map((c) => c.no)).toHaveLength(13);
    expect(made.form).toContain('Biểu số 06/VPCP/KSTT');
  });
  test('an end before the reception breaks an invariant and is told', () => {
    const made = report('bieu-06', {
      window,
      treeOn: '2023-09-10',
      dossiers: [chain({ endedOn: '2023-08-01', state: 'given', outcome: 'whole', time: 'before' })],
    });
    expect(sentences(made, 'PARTS_DIFFER')[0]).toContain('0 + 0 = 0, báo cáo ghi 1: lệch 1');
  });
});

const part = (dossier: string, code: string, more: Partial<DossierFigure> = {}) =>
  chain({ dossier, part: code, agency: code === 'K2' ? 'Công an phường' : 'UBND phường', ...more });
const asked = (papers: readonly string[]) => ({ ...stuck, papers });

describe('e. papers, reasons, obstacles', () => {
  test('missing papers by type: a dossier that lacks two stands in both rows and once in the last', () => {
    const made = report('thieu-giay-to', {
      window,
      treeOn: '2023-09-10',
      dossiers: [
        chain({ dossier: 'a', ...stuck }),
        part('a', 'K1', asked(['ks_giay_chung_sinh', 'ks_to_khai'])),
        part('a', 'K2', asked(['ks_giay_chung_sinh'])),
        part('b', 'K1', asked(['ks_giay_chung_sinh', 'giay_la'])),
        part('c', 'K1', { ...asked(['ks_to_khai']), askedOn: '2023-08-10' }),
      ],
    });
    expect(made.rows.map((r) => r.key)).toEqual(['ks_to_khai', 'ks_giay_chung_sinh', 'giay_la', 'total']);
    expect(['times', 'dossiers'].map((c) => count(made, 'ks_giay_chung_sinh', c))).toEqual([3, 2]);
    expect(count(made, 'total', 'dossiers')).toBe(2);
    expect(cellAt(made, 'ks_giay_chung_sinh', 'label')).toEqual({ kind: 'text', text: 'Giấy chứng sinh' });
  });
  test('refusals by reason', () => {
    const refused = { state: 'refused', outcome: 'refused', endedOn: '2023-09-01', time: 'late' } as const;
    const made = report('tu-choi', {
      window,
      treeOn: '2023-09-10',
      dossiers: [
        part('a', 'K1', { ...refused, reason: 'qua_han_bo_sung' }),
        part('a', 'K2', { ...refused, reason: 'qua_han_bo_sung' }),
        part('b', 'K1', { ...refused, reason: 'khong_dung_tham_quyen' }),
        part('c', 'K1', { ...done, outcome: 'done' }),
      ],
    });
    expect(['components', 'dossiers'].map((c) => count(made, 'qua_han_bo_sung', c))).toEqual([2, 1]);
    expect(count(made, 'total', 'dossiers')).toBe(2);
  });
  test('obstacles: all seven groups, also those without any', () => {
    const made = report('vuong-mac', {
      window,
      treeOn: '2023-09-10',
      dossiers: [
        part('a', 'K1', { obstacle: 'phan_mem_ho_tich', obstacleOpen: true }),
        part('a', 'K2', { obstacle: 'bhxh' }),
        part('b', 'K1'),
      ],
    });
    expect(made.rows.map((r) => r.key)).toEqual([...obstacles.map((o) => o.code), 'total']);
    expect(obstacles.map((o) => count(made, o.code, 'dossiers'))).toEqual([0, 0, 0, 1, 1, 0, 0]);
    expect(count(made, 'total', 'dossiers')).toBe(1);
    expect(obstacles.map((o) => count(made, o.code, 'open'))).toEqual([0, 0, 0, 1, 0, 0, 0]);
  });
});

describe('f. time', () => {
  test('timeliness by component and agency', () => {
    const ended = (dossier: string, time: DossierFigure['time']) =>
      part(dossier, 'K1', { state: 'done', outcome: 'done', endedOn: '2023-09-01', time });
    const made = report('dung-han', {
      window,
      treeOn: '2023-09-10',
      dossiers: [
        ended('a', 'before'),
        ended('b', 'on'),
        ended('c', 'late'),
        ended('d', 'no_limit'),
        part('a', 'K2', { time: 'overdue' }),
      ],
    });
    const k1 = 'K1|UBND phường';
    expect(made.rows.map((r) => r.key)).toEqual([k1, 'K2|Công an phường', 'total']);
    expect(cellAt(made, k1, 'label')).toEqual({ kind: 'text', text: 'Đăng ký khai sinh - UBND phường' });
    expect(cellAt(made, k1, 'rate')).toEqual({ kind: 'percent', part: 2, of: 3 });
    expect(count(made, 'K2|Công an phường', 'overdue')).toBe(1);
    expect(made.findings).toEqual([]);
  });
  test('ageing list: the oldest first, what ended is not on it', () => {
    const made = report('ton-dong', {
      window: { from: null, to: '2023-09-10' },
      treeOn: '2023-09-10',
      dossiers: [
        part('b', 'K2', { receivedOn: '2023-08-20', due: null, time: 'no_limit' }),
        part('a', 'K1', { receivedOn: '2023-08-15', time: 'overdue' }),
        part('a', 'K2', { receivedOn: '2023-08-15', endedOn: '2023-09-01' }),
        part('c', 'K1', { receivedOn: '2023-08-01', endedOn: '2023-09-11', time: 'late', state: 'given' }),
      ],
    });
    expect(made.rows.map((r) => r.key)).toEqual(['c/K1', 'a/K1', 'b/K2']);
    expect([count(made, 'a/K1', 'days_open'), count(made, 'a/K1', 'days_late')]).toEqual([26, 23]);
    expect([count(made, 'c/K1', 'days_late'), count(made, 'b/K2', 'days_late')]).toEqual([23, null]);
    expect(cellAt(made, 'b/K2', 'agency')).toEqual({ kind: 'text', text: 'Công an phường' });
  });
});

describe('c. by unit', () => {
  const communes = ['27016', '26740'].map((code) => key(code, '2023-09-10'));
  const dossiers = communes.map((commune) => chain({ commune }));
  const made = (treeOn: string) => report('lien-thong-don-vi', { window, treeOn, dossiers });
  test('by the old tree each district has its own', () => {
    const old = made('2023-09-10');
    expect([count(old, key('767', '2023-09-10'), 'received'), count(old, 'total', 'received')]).toEqual([
      1, 2,
    ]);
  });
  test("by the new tree those of a split commune are no ward's, and are counted once", () => {
    const now = made('2025-07-01');
    expect(count(now, key('26740', '2025-07-01'), 'received')).toBe(1);
    expect([count(now, 'unallocated', 'received'), count(now, 'total', 'received')]).toEqual([1, 2]);
  });
});

test('i. Sổ theo dõi of a window', () => {
  const row = {
    code: { official: '', temporary: 'T-1-230811-001' },
    procedure: 'Khai sinh - Thường trú - BHYT',
    sets: 1,
    name: 'Nguyễn Thị Mẫu',
    address: 'Số 1 Đường Mẫu',
    phone: '0199123456',
    agency: 'UBND phường',
    receivedAt: '2023-08-11T09:30',
    dueAt: '2023-08-16',
    resultAt: '',
    delivery: 'Trực tiếp',
    note: '',
    pending: false,
  };
  const made = report('so-theo-doi', { window, treeOn: '2023-09-10', register: [row] });
  expect(made.columns).toHaveLength(13);
  expect(
    made.rows[0]?.cells.map((c) => ('text' in c ? c.text : 'date' in c ? c.date : 'value' in c && c.value)),
  ).toEqual([
    '1',
    'T-1-230811-001',
    'Khai sinh - Thường trú - BHYT',
    1,
    'Nguyễn Thị Mẫu',
    'Số 1 Đường Mẫu, 0199123456',
    'UBND phường',
    '2023-08-11',
    '2023-08-16',
    null,
    'Trực tiếp',
    '',
    '',
  ]);
});
