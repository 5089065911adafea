/** The inside of a bundle: frames come out as they went in; no claimed length is believed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BATCH_MAX_BYTES } from '../../../../shared/contract/sync/version.ts';
import { type Frame, type FrameKind, frame, framesOf } from '../../../../shared/courier/frames.ts';
import { Problem } from '../../../../shared/problem.ts';

async function* pieces(bytes: Uint8Array, sizes: readonly number[]) {
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? 1;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}
const bundle = (frames: readonly Frame[]) =>
  new Uint8Array(Buffer.concat([...frames.map((f) => frame(f.kind, f.bytes)), frame('Z', new Uint8Array())]));
async function read(bytes: Uint8Array, sizes: readonly number[] = [1_000_000]) {
  const found: Frame[] = [];
  try {
    for await (const { kind, bytes: body } of framesOf(pieces(bytes, sizes)))
      found.push({ kind, bytes: Uint8Array.from(body) });
  } catch (error) {
    return error instanceof Problem ? error.code : String(error);
  }
  return found;
}
const frames = fc.array(
  fc.record({
    kind: fc.constantFrom<FrameKind>('H', 'F', 'P', 'J', 'B'),
    bytes: fc.uint8Array({ maxLength: 40 }),
  }),
  { maxLength: 6 },
);
const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 });

test('frames come out as they went in, however the bytes arrive', () =>
  fc.assert(
    fc.asyncProperty(frames, sizes, async (list, cut) => {
      expect(await read(bundle(list), cut)).toEqual(list);
    }),
  ));
test('cut anywhere, or with anything behind the end, it is refused', () =>
  fc.assert(
    fc.asyncProperty(
      frames,
      sizes,
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 9 }),
      async (list, cut, n, more) => {
        const whole = bundle(list);
        expect(await read(whole.subarray(0, n % whole.length), cut)).toBe('COURIER_DAMAGED');
        expect(await read(new Uint8Array(Buffer.concat([whole, more])), cut)).toMatch(
          /^COURIER_(DAMAGED|NEWER)$/,
        );
      },
    ),
  ));
test.each<[string, number[], string]>([
  ['a body of 4 GB', [0x42, 0xff, 0xff, 0xff, 0xff], 'COURIER_DAMAGED'],
  [
    'a body one byte too long',
    [0x42, ...Buffer.from((BATCH_MAX_BYTES + 1).toString(16).padStart(8, '0'), 'hex')],
    'COURIER_DAMAGED',
  ],
  ['a long header', [0x48, 0, 1, 0, 0], 'COURIER_DAMAGED'],
  ['an end with content', [0x5a, 0, 0, 0, 1, 7], 'COURIER_DAMAGED'],
  ['no letter', [0, 0, 0, 0, 0], 'COURIER_DAMAGED'],
  ['a letter of a later version', [0x51, 0, 0, 0, 0], 'COURIER_NEWER'],
  ['a scan of 4 GB in one piece', [0x50, 0xff, 0xff, 0xff, 0xff], 'COURIER_DAMAGED'],
  ['a long head of a scan', [0x46, 0, 0, 1, 0], 'COURIER_DAMAGED'],
  ['nothing at all', [], 'COURIER_DAMAGED'],
])('%s is refused at once', async (_, bytes, code) => {
  expect(await read(Uint8Array.from(bytes))).toBe(code);
});
test('the largest batch fits', async () => {
  const body = new Uint8Array(BATCH_MAX_BYTES).fill(7);
  const found = await read(bundle([{ kind: 'B', bytes: body }]), [65_536]);
  expect(found).toHaveLength(1);
});
