// Blocks from Excel and Word: by place, by names, by headings; totals and merged cells are told, nothing is shifted silently.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyText } from '../../../renderer/screens/counts/grid-input.ts';
import {
  type Block,
  exactText,
  expandSpans,
  planPaste,
} from '../../../renderer/screens/counts/grid-paste.ts';
import type { Figure } from '../../../renderer/screens/counts/grid-state.ts';
import { clipboardBlock } from '../../../shared/domain/count-table.ts';

const size = { rows: 4, columns: 3 };
const into = (top = 0, left = 0, bottom = top, right = left) => ({
  range: { top, left, bottom, right },
  size,
  rowNames: [['Quận 1'], ['Quận 3'], ['Quận 4'], ['Quận 5']],
  columnNames: [
    ['Hội Cựu chiến binh', 'Cựu chiến binh'],
    ['Hội Nông dân', 'Nông dân'],
    ['Hội Người cao tuổi', 'Người cao tuổi'],
  ],
  summable: true,
  valueAt: (): Figure => null,
});
const lies = (block: Block, place = into()) => {
  const { changes, wrong, told } = planPaste(block, place);
  return {
    cells: changes.map(({ r, c, after }) => [r, c, after]),
    wrong: wrong.map(({ r, c, text }) => [r, c, text]),
    told: told.map(({ word, n }) => [word, n]),
  };
};

test('a row that names a unit is no total, even where it is the sum of the others', () => {
  const block = [
    ['Quận 1', '0', '0'],
    ['Quận 3', '2', '0'],
    ['Quận 4', '3', '7'],
    ['Quận 5', '5', '7'],
  ];
  const { cells, told } = lies(block);
  expect(cells.slice(-2)).toEqual([
    [3, 0, 5],
    [3, 1, 7],
  ]);
  expect(told).toEqual([['by_name', 1]]);
});

test.each([
  ['-', '0', '0'],
  ['1.320,00', '1320', '1320'],
  ['1,320', '1320', '1320'],
  ['', '', ''],
  ['-', null, '-'],
  ['-', '5', '-'],
  ['100%', '1', '100%'],
  ['77,1%', '0.771', '77,1%'],
  ['1,3', '1320', '1,3'],
  ['1.234', '1.234', '1.234'],
  ['19.09.2023', '45188', '19.09.2023'],
  ['19/09/2023', '45188', '19/09/2023'],
  ['-5', '-5', '-5'],
  ['Quận 1', '1', 'Quận 1'],
])('the text %j with the number %j beside it is %j', (text, exact, expected) => {
  expect(exactText(text, exact)).toBe(expected);
});

test('marks that nobody sees are no part of a figure', () => {
  expect(lies([['\u200e1.320', '\ufeff7\u200b', '\u00a0']]).cells).toEqual([
    [0, 0, 1320],
    [0, 1, 7],
    [0, 2, null],
  ]);
});

test('one copied cell fills the selection', () => {
  expect(planPaste([['7']], into(0, 0, 2, 1)).changes).toHaveLength(6);
});

test.each<[string, Block, ReturnType<typeof lies>, ReturnType<typeof into>?]>([
  [
    'from the corner',
    [
      ['1', '2'],
      ['3', 'x'],
    ],
    {
      cells: [
        [1, 1, 1],
        [1, 2, 2],
        [2, 1, 3],
        [2, 2, 'outside'],
      ],
      wrong: [],
      told: [],
    },
    into(1, 1),
  ],
  [
    'beside the grid is counted',
    [
      ['1', '2'],
      ['3', '4'],
    ],
    { cells: [[3, 2, 1]], wrong: [], told: [['outside', 3]] },
    into(3, 2),
  ],
  [
    'a word that is no heading stays in its place as a wrong figure',
    [['năm'], ['5']],
    { cells: [[1, 0, 5]], wrong: [[0, 0, 'năm']], told: [] },
  ],
  [
    'names decide the rows',
    [
      ['Quận 5', '9'],
      ['Quận 1', '0'],
    ],
    {
      cells: [
        [3, 0, 9],
        [0, 0, 0],
      ],
      wrong: [],
      told: [['by_name', 1]],
    },
  ],
  [
    'a number of the row, headings in another order, a total row and column',
    [
      ['STT', 'Đơn vị', 'Nông dân', 'Cựu chiến binh', 'Cộng'],
      ['1', 'QUAN 3', '1', '2', '3'],
      ['2', 'Quận 4', '3', '–', '3'],
      ['', 'TỔNG CỘNG', '4', '2', '6'],
    ],
    {
      cells: [
        [1, 1, 1],
        [1, 0, 2],
        [2, 1, 3],
        [2, 0, null],
      ],
      wrong: [],
      told: [
        ['heading', 1],
        ['by_heading', 1],
        ['by_name', 1],
        ['unknown', 1],
        ['total', 1],
      ],
    },
  ],
  [
    'a name that the grid does not have is not pasted anywhere',
    [
      ['Quận 1', '5'],
      ['Quận 99', '6'],
      ['Quận 3', '7'],
    ],
    {
      cells: [
        [0, 0, 5],
        [1, 0, 7],
      ],
      wrong: [],
      told: [
        ['by_name', 1],
        ['unknown', 1],
      ],
    },
  ],
  [
    'a last row that is the sum of those above',
    [
      ['1', '10'],
      ['2', '20'],
      ['3', '30'],
    ],
    {
      cells: [
        [0, 0, 1],
        [0, 1, 10],
        [1, 0, 2],
        [1, 1, 20],
      ],
      wrong: [],
      told: [['total', 1]],
    },
  ],
  [
    'three figures of which one is the sum are three figures',
    [['1'], ['2'], ['3']],
    {
      cells: [
        [0, 0, 1],
        [1, 0, 2],
        [2, 0, 3],
      ],
      wrong: [],
      told: [],
    },
  ],
  [
    'the rest of a merged cell leaves what was there',
    [['5', null, '6']],
    {
      cells: [
        [0, 0, 5],
        [0, 2, 6],
      ],
      wrong: [],
      told: [['merged', 1]],
    },
  ],
])('%s', (_, block, expected, place) => {
  expect(lies(block, place)).toEqual(expected);
});

describe('a heading that several columns carry', () => {
  const place = {
    ...into(),
    columnNames: [
      ['Nhận hồ sơ - Tổng cộng', 'Tổng cộng', 'pl9/nhan_tong', 'Nhận hồ sơ Tổng cộng'],
      ['Trả kết quả - Tổng cộng', 'Tổng cộng', 'pl9/tra_tong', 'Trả kết quả Tổng cộng'],
      ['Trả kết quả - Quá hẹn', 'Quá hẹn', 'pl9/qua_hen', 'Trả kết quả Quá hẹn'],
    ],
  };
  test('puts nothing anywhere by itself: the other columns go in, it is told', () => {
    const block = [
      ['Đơn vị', 'Tổng cộng', 'Quá hẹn'],
      ['Quận 3', '7', '1'],
    ];
    expect(lies(block, place)).toEqual({
      cells: [[1, 2, 1]],
      wrong: [],
      told: [
        ['heading', 1],
        ['by_heading', 1],
        ['by_name', 1],
        ['unknown', 1],
      ],
    });
  });
  test.each<[string, Block]>([
    ['merged in HTML', [['Đơn vị', 'Trả kết quả', null]]],
    ['merged in plain text', [['Đơn vị', 'Trả kết quả', '']]],
  ])('means the one below the heading over it, %s', (_, heads) => {
    const block = [...heads, ['', 'Tổng cộng', 'Quá hẹn'], ['Quận 3', '7', '1']];
    expect(lies(block, place).cells).toEqual([
      [1, 1, 7],
      [1, 2, 1],
    ]);
  });
});

describe('merged cells of an HTML table', () => {
  const cell = (text: string, colSpan = 1, rowSpan = 1) => ({ text, colSpan, rowSpan });
  test('keep their places', () => {
    expect(
      expandSpans([
        [cell('Đơn vị', 1, 2), cell('Chữ thập đỏ', 2)],
        [cell('Hội viên'), cell('TN viên')],
        [cell('Quận 1'), cell('1'), cell('2')],
      ]),
    ).toEqual([
      ['Đơn vị', 'Chữ thập đỏ', null],
      [null, 'Hội viên', 'TN viên'],
      ['Quận 1', '1', '2'],
    ]);
  });
  test('a span without end stays in the table', () => {
    const block = expandSpans([[cell('a', 1_000_000, 65_000)], [cell('b')]]);
    expect([block.length, block[0]?.length, block[1]?.at(-1)]).toEqual([2, 200, 'b']);
  });
});

test('what is copied is pasted as the same three kinds: a figure, zero, blank, outside', () => {
  const figure = fc.oneof(fc.nat({ max: 99_999_999 }), fc.constant(null), fc.constant('outside' as const));
  fc.assert(
    fc.property(fc.array(fc.tuple(figure, figure, figure), { minLength: 2, maxLength: 4 }), (rows) => {
      const range = { top: 0, left: 0, bottom: rows.length - 1, right: 2 };
      const text = copyText(range, ({ r, c }) => rows[r]?.[c] ?? null);
      const { changes, wrong } = planPaste(clipboardBlock(text), { ...into(), summable: false });
      expect(wrong).toEqual([]);
      expect(changes.map((change) => change.after)).toEqual(rows.flat());
    }),
  );
});
