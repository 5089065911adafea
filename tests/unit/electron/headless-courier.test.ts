/** `--export` and `--import` without a window: what they are given, and what the scheduler is told. */
import { expect, test } from 'vitest';
import { headlessInput, headlessResult, headlessTask } from '../../../electron/headless.ts';

test.each<[string[], string | null, object]>([
  [['so-mot-cua', '--export', '/media/usb'], 'export', { place: '/media/usb' }],
  [
    ['electron', '.', '--export=/media/usb/26743-1.somotcua'],
    'export',
    { place: '/media/usb/26743-1.somotcua' },
  ],
  [['so-mot-cua', '--import', 'E:\\'], 'import', { place: 'E:\\' }],
  [['so-mot-cua', '--import=/a=b'], 'import', { place: '/a=b' }],
  [['so-mot-cua', '--export'], 'export', { place: '' }],
  [['so-mot-cua', '--exported', '/media/usb'], null, {}],
])('%j', (argv, task, input) => {
  const found = headlessTask(argv);
  expect(found).toBe(task);
  if (found) expect(headlessInput(found, argv)).toEqual(input);
});

const problem = (code: string) => ({ ok: false, problem: { code, sentence: 'x', details: {} } }) as const;
const taken = { fresh: 3, known: 0, others: 0, waiting: 0, apart: null, stopped: null, refused: [] };
const damaged = { name: 'a', problem: { code: 'COURIER_DAMAGED', sentence: 'x', details: {} } };

test.each([
  ['a bundle is written', 'export', { ok: true, value: { name: 'x', events: 3, bytes: 9 } }, 0],
  ['nothing waits', 'export', problem('COURIER_NOTHING'), 0],
  ['the stick is full', 'export', problem('STICK_FULL'), 2],
  ['no place is given', 'export', problem('INPUT_INVALID'), 2],
  ['receipts are there', 'import', { ok: true, value: taken }, 0],
  ['they were there before', 'import', { ok: true, value: { ...taken, fresh: 0, known: 3 } }, 0],
  ['this machine must go by network', 'import', { ok: true, value: { ...taken, apart: 'frozen' } }, 1],
  ['the city stopped', 'import', { ok: true, value: { ...taken, stopped: 'STREAM_GAP' } }, 1],
  ['one file of several is damaged', 'import', { ok: true, value: { ...taken, refused: [damaged] } }, 1],
  ['no file of ours', 'import', problem('COURIER_NONE'), 2],
] as const)('%s', (_, task, reply, code) => {
  const result = headlessResult(task, reply);
  expect([result.code, result.line.task]).toEqual([code, task]);
  expect(JSON.stringify(result.line)).not.toContain('sentence');
});
