/**
 * One key slot: the data key, sealed under what argon2id makes of a password (RFC 9106). No hash of a password is kept
 * anywhere: the right one is the one that opens the slot. The head of a slot (whose, of which device, at what cost) is
 * bound to the seal, so a slot that was moved to another person or made cheaper does not open.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { argon2id } from 'hash-wasm';
import { z } from 'zod';
import { ciphers, type DataKey } from './key-store.ts';

/** The layer of the operating system around a slot; null where it has none, or does not know what it is shown. */
export interface OsWrap {
  wrap(text: string): Promise<string | null>;
  unwrap(wrapped: string): Promise<string | null>;
}
/** What one guess costs: memory in KiB, and passes over it. */
export interface KeyCost {
  readonly memoryKiB: number;
  readonly passes: number;
}
export interface SlotOwner {
  readonly kind: 'person' | 'recovery';
  /** Account of the person; of the recovery slot the device. */
  readonly id: string;
  /** Shown at sign-in, where nothing else can be read yet. */
  readonly name: string;
  readonly demo: boolean;
  readonly device: string;
}

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const kdf = z.strictObject({
  name: z.literal('argon2id'),
  // A file from a stranger must not make the machine work for an hour.
  memoryKiB: z.int().min(8).max(1_048_576),
  passes: z.int().min(1).max(100),
  salt: hex(16),
});
const body = z.strictObject({
  v: z.literal(1),
  kind: z.enum(['person', 'recovery']),
  id: z.string().min(1),
  name: z.string(),
  demo: z.boolean(),
  device: z.string(),
  cipher: z.enum(ciphers),
  kdf,
  nonce: hex(12),
  /** AES-256-GCM of the data key with its tag, hex; inside the layer of the operating system where `os`. */
  sealed: z.string(),
  os: z.boolean(),
});
const slotFile = z.strictObject({ body, check: hex(32) });
export type Slot = z.infer<typeof body>;

const KEY_BYTES = 32;
const TAG_BYTES = 16;
const MEMORY_KIB = 65_536;
const GUESS_MS = 350;
const [FEWEST_PASSES, MOST_PASSES] = [3, 24];

/** 32 bytes that cost `memoryKiB` and `passes` to make; the caller wipes them. */
export async function stretched(
  secret: string,
  { memoryKiB, passes, salt }: Omit<z.infer<typeof kdf>, 'name'>,
): Promise<Buffer> {
  // hash-wasm refuses an empty password, and an empty one opens nothing anyway: a sign in front makes it one.
  const password = Buffer.from(`:${secret}`, 'utf8');
  const made = await argon2id({
    ...{ password, salt: Buffer.from(salt, 'hex'), parallelism: 1 },
    ...{ memorySize: memoryKiB, iterations: passes, hashLength: KEY_BYTES, outputType: 'binary' },
  });
  password.fill(0);
  return Buffer.from(made.buffer, made.byteOffset, made.byteLength);
}

/** As many passes as make one guess cost about a third of a second here: more than 250 ms, less than a clerk minds. */
export async function measuredCost(): Promise<KeyCost> {
  const once = async () => {
    const start = performance.now();
    await stretched('', { memoryKiB: MEMORY_KIB, passes: 1, salt: '00'.repeat(16) });
    return performance.now() - start;
  };
  await once();
  const passes = Math.ceil(GUESS_MS / Math.min(await once(), await once()));
  return { memoryKiB: MEMORY_KIB, passes: Math.min(Math.max(passes, FEWEST_PASSES), MOST_PASSES) };
}

const boundHead = ({ v, kind, id, device, cipher, kdf: k }: Omit<Slot, 'nonce' | 'sealed'>) =>
  Buffer.from(
    JSON.stringify(['so-mot-cua/key-slot', v, kind, id, device, cipher, k.memoryKiB, k.passes, k.salt]),
  );

export async function sealSlot(
  owner: SlotOwner,
  secret: string,
  { key, cost, os }: { readonly key: DataKey; readonly cost: KeyCost; readonly os: OsWrap },
): Promise<Slot> {
  const head = {
    ...{ v: 1 as const, ...owner, cipher: key.cipher, os: false },
    kdf: { name: 'argon2id' as const, ...cost, salt: randomBytes(16).toString('hex') },
  };
  const nonce = randomBytes(12);
  const under = await stretched(secret, head.kdf);
  const cipher = createCipheriv('aes-256-gcm', under, nonce).setAAD(boundHead(head));
  const plain = Buffer.from(key.hex, 'hex');
  const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('hex');
  under.fill(0);
  plain.fill(0);
  const wrapped = owner.kind === 'person' ? await os.wrap(sealed) : null;
  return { ...head, nonce: nonce.toString('hex'), sealed: wrapped ?? sealed, os: wrapped !== null };
}

/** `foreign`: the operating system does not know its layer, as on another PC or account of Windows. `wrong`: not this secret. */
export type Opened = DataKey | 'foreign' | 'wrong';

export async function openSlot(slot: Slot, secret: string, os: OsWrap): Promise<Opened> {
  const sealedHex = slot.os ? await os.unwrap(slot.sealed) : slot.sealed;
  if (sealedHex === null) return 'foreign';
  const sealed = Buffer.from(sealedHex, 'hex');
  if (sealed.length !== KEY_BYTES + TAG_BYTES) return 'wrong';
  const under = await stretched(secret, slot.kdf);
  try {
    const open = createDecipheriv('aes-256-gcm', under, Buffer.from(slot.nonce, 'hex'))
      .setAAD(boundHead(slot))
      .setAuthTag(sealed.subarray(KEY_BYTES));
    const plain = Buffer.concat([open.update(sealed.subarray(0, KEY_BYTES)), open.final()]);
    return { hex: plain.toString('hex'), cipher: slot.cipher };
  } catch {
    return 'wrong';
  } finally {
    under.fill(0);
  }
}

const checkOf = (slot: Slot) => createHash('sha256').update(JSON.stringify(slot)).digest('hex');

export function slotText(slot: Slot): string {
  // Parsed once more so that the order of the fields, which the check covers, is that of the schema.
  const ordered = body.parse(slot);
  return JSON.stringify({ body: ordered, check: checkOf(ordered) });
}

/** Null where it is half written or bent: that is told apart from a wrong password. */
export function readSlot(text: string): Slot | null {
  try {
    const { body: slot, check } = slotFile.parse(JSON.parse(text));
    return checkOf(slot) === check ? slot : null;
  } catch {
    return null;
  }
}
