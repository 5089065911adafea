/** Signing in, locking, switching: answered by the gate before the store, most of it while the store is closed. */
import { z } from 'zod';
import { PASSWORD_MAX } from '../../domain/sign-in.ts';
import { roles } from '../../domain/verbs.ts';
import { emptyInput } from './common.ts';

const password = z.string().max(PASSWORD_MAX);
const id = z.string().min(1).max(80);
const person = z.strictObject({ id: z.string(), name: z.string() });
/** Minutes without a touch until the desk locks itself. */
export const idleChoices = [5, 10, 15, 30] as const;
const idleMinutes = z.union(idleChoices.map((n) => z.literal(n)));

export const accountState = z.strictObject({
  /**
   * `unenrolled`: the first run. `choose`: enrolled, no password yet. `signIn`: the store is closed. `locked`: it is open (sending
   * goes on), the window is not. `renew`: he came in by a password that somebody else chose, and chooses his own. `open`: somebody works.
   */
  phase: z.enum(['unenrolled', 'choose', 'signIn', 'locked', 'renew', 'open']),
  /** Who works, who locked, or who chooses the first password. */
  actor: person.nullable(),
  people: z.array(
    z.strictObject({
      ...person.shape,
      /** A demonstration desk: its password is no secret. */
      demo: z.boolean(),
      /** Its file cannot be read; the name is empty. */
      damaged: z.boolean(),
      /** The PIN will do: chosen, and signed in with the password today. */
      pin: z.boolean(),
      waitS: z.int(),
      locked: z.boolean(),
    }),
  ),
  /** Known to the city, no password on this machine yet. */
  newcomers: z.array(z.strictObject({ ...person.shape, role: z.enum(roles) })),
  hasPin: z.boolean(),
  recovery: z.boolean(),
  /** The city can be asked to open this machine. */
  citySlot: z.boolean(),
  /** Its name and its office, for the printed code; empty while the store is closed. */
  machine: z.string(),
  idleMinutes,
  /** How many times somebody came in since the program began. */
  turn: z.int(),
});
export type AccountState = z.infer<typeof accountState>;

/** Shown once, to be printed. */
/** Name of the file. */
const asked = z.strictObject({ file: z.string() });
const place = z.strictObject({ place: z.string().max(1000) });
const printed = z.strictObject({ recovery: z.string() });

export const accountIpc = {
  'account.state': { kind: 'gate', input: emptyInput, output: accountState },
  'account.sign-in': { kind: 'gate', input: z.strictObject({ id, password }), output: accountState },
  'account.sign-in-by-pin': {
    kind: 'gate',
    input: z.strictObject({ id, pin: z.string().max(20) }),
    output: accountState,
  },
  /** With `turn`: only where nobody came in since. */
  'account.lock': { kind: 'gate', input: z.strictObject({ turn: z.int().optional() }), output: accountState },
  /** The first password of a machine. */
  'account.choose': { kind: 'gate', input: z.strictObject({ password }), output: printed },
  /** `before` null: only in phase `renew`. */
  'account.change': {
    kind: 'gate',
    input: z.strictObject({ before: password.nullable(), password }),
    output: z.null(),
  },
  /** `id` = who gets a new password; null where nobody's file is left: whom the machine was enrolled for. */
  'account.recover': {
    kind: 'gate',
    input: z.strictObject({ code: z.string().max(200), id: id.nullable(), password }),
    output: printed,
  },
  /** Writes a file that asks the city to open this machine, to a place chosen outside the window; null = none chosen. */
  'account.ask-city': { kind: 'shell', input: emptyInput, output: asked.nullable() },
  'account.write-request': { kind: 'inner-gate', input: place, output: asked },
  /** Reads what the city answered; whom it lets in. Null = no place chosen. */
  'account.hear-city': { kind: 'shell', input: emptyInput, output: person.nullable() },
  'account.read-answer': { kind: 'inner-gate', input: place, output: person },
  /** Opens by the answer that was read; that person gets this password. */
  'account.recover-by-city': { kind: 'gate', input: z.strictObject({ password }), output: printed },
  /** A new printed code; the one before opens nothing any more. */
  'account.new-recovery': { kind: 'gate', input: z.strictObject({ password }), output: printed },
  /** Null: no PIN any more. */
  'account.set-pin': {
    kind: 'gate',
    input: z.strictObject({ pin: z.string().max(20).nullable() }),
    output: z.null(),
  },
  /** A newcomer chooses his password while a colleague is signed in; for somebody who has one already: head or admin only. */
  'account.add': { kind: 'gate', input: z.strictObject({ id, password }), output: accountState },
  'account.remove': { kind: 'gate', input: z.strictObject({ id }), output: accountState },
  'account.set-idle': { kind: 'gate', input: z.strictObject({ minutes: idleMinutes }), output: accountState },
} as const;
