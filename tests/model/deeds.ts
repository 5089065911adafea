/** What people and fate do in a history: each deed as data, so that fast-check can shorten a history that breaks a property. */
import fc from 'fast-check';
import { type Fault, HOWS } from './wire.ts';

export const EDITS = ['receive', 'note', 'count', 'setting', 'step'] as const;
export const SPOILED = ['category', 'form', 'time', 'newer'] as const;
export const FORGERIES = ['header_key', 'broken_chain', 'other_stream', 'body', 'mark', 'rerouted'] as const;
export type Deed =
  | {
      readonly do: (typeof EDITS)[number];
      readonly desk: number;
      readonly at: number;
      readonly value: number;
    }
  | { readonly do: 'spoiled'; readonly desk: number; readonly how: (typeof SPOILED)[number] }
  | { readonly do: 'sync'; readonly desk: number; readonly fault: Fault | null; readonly byStick?: true }
  | { readonly do: 'back_up_city' | 'restart_city' | 'upgrade' | 'downgrade' | 'other_protocol' }
  | { readonly do: 'restore_city'; readonly which: number; readonly withMark: boolean }
  | {
      readonly do: 'back_up_desk' | 'clone' | 'wipe' | 'revoke' | 'usb_out' | 'usb_back';
      readonly desk: number;
    }
  | { readonly do: 'restore_desk'; readonly desk: number; readonly withMark: boolean }
  | { readonly do: 'usb_in' }
  | { readonly do: 'replay'; readonly which: number }
  | {
      readonly do: 'forge';
      readonly how: (typeof FORGERIES)[number];
      readonly which: number;
      readonly where: number;
    }
  | { readonly do: 'clock'; readonly desk: number | null; readonly days: number };
export type Do = Deed['do'];

const desk = fc.nat(5);
const any = fc.nat(9);
const edit = (kind: (typeof EDITS)[number]) =>
  fc.record({ do: fc.constant(kind), desk: fc.nat(2), at: fc.nat(3), value: any });
const at = <D extends Do>(kind: D) => fc.record({ do: fc.constant(kind), desk });
const alone = <D extends Do>(kind: D) => fc.constant({ do: kind });

const fault: fc.Arbitrary<Fault> = fc.record({
  at: fc.integer({ min: 1, max: 9 }),
  how: fc.constantFrom(...HOWS),
  where: fc.nat(4000),
});

interface Chance {
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<Deed>;
}
const chance = (weight: number, arbitrary: fc.Arbitrary<Deed>): Chance => ({ weight, arbitrary });

const calmSync = fc.record({ do: fc.constant('sync' as const), desk, fault: fc.constant(null) });

const work: readonly Chance[] = [
  chance(4, edit('receive')),
  chance(5, edit('note')),
  chance(4, edit('count')),
  chance(5, edit('setting')),
  chance(2, edit('step')),
  chance(14, calmSync),
];
const line: readonly Chance[] = [
  chance(10, fc.record({ do: fc.constant('sync' as const), desk, fault })),
  chance(2, fc.record({ do: fc.constant('replay' as const), which: fc.nat(60) })),
];
const cityBackups: readonly Chance[] = [
  chance(4, alone('back_up_city')),
  chance(
    5,
    fc.record({
      do: fc.constant('restore_city' as const),
      which: fc.nat(2),
      withMark: fc.nat(3).map((n) => n === 0),
    }),
  ),
];
const deskBackups: readonly Chance[] = [
  chance(4, at('back_up_desk')),
  chance(4, fc.record({ do: fc.constant('restore_desk' as const), desk, withMark: fc.boolean() })),
  chance(2, at('clone')),
  chance(1, at('wipe')),
];
const strangers: readonly Chance[] = [
  chance(
    3,
    fc.record({
      do: fc.constant('forge' as const),
      how: fc.constantFrom(...FORGERIES),
      which: fc.nat(60),
      where: fc.nat(4000),
    }),
  ),
];
const skew: readonly Chance[] = [
  chance(
    2,
    fc.record({ do: fc.constant('spoiled' as const), desk: fc.nat(2), how: fc.constantFrom(...SPOILED) }),
  ),
  chance(1, fc.constantFrom<Deed>({ do: 'upgrade' }, { do: 'downgrade' }, { do: 'other_protocol' })),
  chance(1, alone('restart_city')),
  chance(1, at('revoke')),
];
const clocks: readonly Chance[] = [
  chance(
    2,
    fc.record({
      do: fc.constant('clock' as const),
      desk: fc.option(desk, { nil: null }),
      days: fc.integer({ min: -4000, max: 4000 }),
    }),
  ),
];
const sticks: readonly Chance[] = [
  chance(2, at('usb_out')),
  chance(2, alone('usb_in')),
  chance(2, at('usb_back')),
];

function histories(chances: readonly Chance[], maxLength: number): fc.Arbitrary<Deed[]> {
  return fc.array(fc.oneof({ withCrossShrink: false }, ...chances), { minLength: 1, maxLength, size: 'max' });
}

/** Everything that can happen. */
export const anyHistory = histories(
  [...work, ...line, ...cityBackups, ...deskBackups, ...strangers, ...skew, ...clocks, ...sticks],
  40,
);
/** Restores and clones, again and again. */
export const restoredHistory = histories([...work, ...cityBackups, ...deskBackups], 36);
/** Ordinary work on a good line, for comparing whole runs with each other. */
export const quietHistory = (kind: 'clocks' | 'sticks' | 'restores') =>
  histories(
    [...work, ...(kind === 'clocks' ? [...clocks, ...skew] : kind === 'restores' ? cityBackups : [])],
    24,
  );
