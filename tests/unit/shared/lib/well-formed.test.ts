import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../shared/lib/canonical-json.ts';
import { wellFormed } from '../../../../shared/lib/well-formed.ts';

describe('wellFormed', () => {
  it.each([
    ['\uD800', '\uFFFD'],
    ['Lê \uDC00 Lan', 'Lê \uFFFD Lan'],
    [{ '\uD800': ['\uD83D'] }, { '\uFFFD': ['\uFFFD'] }],
  ])('%j becomes what can be hashed', (raw, expected) => {
    expect(wellFormed(raw)).toEqual(expected);
  });

  it('leaves whole text, numbers, dates and bytes alone', () => {
    const value = { a: 'Nguyễn 👩‍👧', b: [1, null, true], c: new Uint8Array([1]), d: new Date(0) };
    expect(wellFormed(value)).toEqual(value);
    expect((wellFormed(value) as typeof value).c).toBe(value.c);
  });

  it('keeps a key named __proto__ as a key', () => {
    const raw = JSON.parse('{"__proto__": "\\ud800"}');
    expect(Object.keys(wellFormed(raw) as object)).toEqual(['__proto__']);
  });

  it('any JSON has a canonical form afterwards', () => {
    const text = fc.string({ unit: 'binary' }).map((s) => s + String.fromCharCode(0xd800));
    fc.assert(
      fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text))), (raw) => {
        expect(() => canonicalJson(wellFormed(raw))).not.toThrow();
      }),
    );
  });
});
