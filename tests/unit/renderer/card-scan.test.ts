// A scanned card against the form: blanks filled, typed text kept and compared, the right person found.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cardAgainst, holderAt } from '../../../renderer/screens/dossiers/intake/card-scan.ts';
import { follows, restAfter, typedSince } from '../../../renderer/screens/dossiers/intake/scan-burst.ts';
import { fieldRule } from '../../../shared/domain/dossier-form.ts';
import { type IdCardQr, parseIdCardQr } from '../../../shared/domain/id-card-qr.ts';

const CODE = '079196004217|025123456|Đặng Thị Đào|12031996|Nữ|12 Lê Lợi, Bến Thành, TP. Hồ Chí Minh|05082024';

function card(code = CODE): IdCardQr {
  const reading = parseIdCardQr(code);
  if (!reading.ok) throw new Error(reading.code);
  return reading.value;
}
function whose(field: string, section: string, chain: 'birth' | 'death' = 'birth') {
  const found = holderAt(chain, field, section);
  if (!found) throw new Error(`nobody at ${field}`);
  return found;
}

describe('whose card', () => {
  test.each([
    ['birth', 'requester.phone', 'requester', 'requester'],
    ['birth', 'mother.residence', 'mother', 'mother'],
    ['birth', 'child.birthPlace', 'child', 'child'],
    ['birth', 'finder.phone', 'abandoned', 'finder'],
    ['birth', 'abandoned.foundPlace', 'abandoned', 'finder'],
    ['birth', 'residence.livesWith', 'residence', 'head'],
    ['birth', 'member.2.sex', 'members', 'member.2'],
    ['death', 'deceased.sex', 'deceased', 'deceased'],
    ['death', 'funeral.bank', 'funeral', 'receiver'],
    ['death', 'survivor.kind', 'survivor', 'claimant'],
    ['death', 'request.headChange', 'headChange', 'newHead'],
  ] as const)('%s: with the cursor in %s', (chain, field, section, key) => {
    expect(holderAt(chain, field, section)?.key).toBe(key);
  });
  test.each([
    ['birth', 'marriage.number', 'parents'],
    ['birth', 'insurance.facility', 'insurance'],
    ['death', 'death.place', 'death'],
  ] as const)('%s: between the people in %s it is nobody’s', (chain, field, section) => {
    expect(holderAt(chain, field, section)).toBeUndefined();
  });
  test.each(['birth', 'death'] as const)('every field that a card fills exists on the %s form', (chain) => {
    for (const at of [
      'requester',
      'child',
      'mother',
      'father',
      'surrogate',
      'residence',
      'members',
      'abandoned',
      'deceased',
      'funeral',
      'survivor',
      'headChange',
    ]) {
      const holder = holderAt(chain, '', at);
      for (const field of Object.values(holder?.fields ?? {}))
        expect(fieldRule(chain, field), field).toBeDefined();
    }
  });
});

describe('filling', () => {
  test('an empty block takes everything that it has a field for', () => {
    expect(cardAgainst('birth', whose('requester.phone', 'requester'), card(), {})).toEqual({
      patch: {
        'requester.citizenNumber': '079196004217',
        'requester.fullName': 'Đặng Thị Đào',
        'requester.birth': '12/03/1996',
        'requester.sex': 'nu',
        'requester.residence': '12 Lê Lợi, Bến Thành, TP. Hồ Chí Minh',
        'requester.paperDate': '05/08/2024',
        'requester.paperKind': 'can_cuoc',
      },
      differences: [],
      alsoOf: undefined,
    });
  });
  test('a card from before 01/07/2024 is a CCCD', () => {
    const old = card(CODE.replace('05082024', '30062024'));
    expect(cardAgainst('birth', whose('mother.birth', 'mother'), old, {}).patch['mother.paperKind']).toBe(
      'cccd',
    );
  });
  test('what was typed stays; what differs is named, the same in other clothes is not', () => {
    const typed = {
      'mother.fullName': 'ĐẶNG THỊ  ĐÀO',
      'mother.citizenNumber': '079 196 004217',
      'mother.birth': '12031995',
      'mother.residence': '12 lê lợi bến thành tp hồ chí minh',
    };
    const { patch, differences } = cardAgainst('birth', whose('mother.birth', 'mother'), card(), typed);
    expect(Object.keys(patch).sort()).toEqual(['mother.paperDate', 'mother.paperKind']);
    expect(differences).toEqual([{ field: 'mother.birth', typed: '12031995', card: '12/03/1996' }]);
  });
  test('a year typed where the card knows the day is a difference, not an overwrite', () => {
    const { patch, differences } = cardAgainst('birth', whose('father.birth', 'father'), card(), {
      'father.birth': '1996',
    });
    expect(patch['father.birth']).toBeUndefined();
    expect(differences.map((d) => d.field)).toEqual(['father.birth']);
  });
  test('a card with the year only fills the year, blanks of a card fill nothing', () => {
    const bare = card('079196004217|Đặng Thị Đào|1996|Nữ||');
    const { patch } = cardAgainst('birth', whose('requester.phone', 'requester'), bare, {});
    expect(patch['requester.birth']).toBe('1996');
    expect(Object.keys(patch)).not.toContain('requester.residence');
    expect(Object.keys(patch)).not.toContain('requester.paperKind');
  });
  test('one card for mother and father is told; the mother as requester is not', () => {
    const values = { 'mother.citizenNumber': '079196004217', 'requester.citizenNumber': '079196004217' };
    expect(cardAgainst('birth', whose('father.birth', 'father'), card(), values).alsoOf).toBe('mother');
    const own = { 'requester.citizenNumber': '079196004217' };
    expect(cardAgainst('birth', whose('mother.birth', 'mother'), card(), own).alsoOf).toBeUndefined();
  });
  test('the card of the deceased as the requester’s own is told', () => {
    const values = { 'requester.citizenNumber': '079196004217' };
    expect(cardAgainst('death', whose('deceased.sex', 'deceased', 'death'), card(), values).alsoOf).toBe(
      'requester',
    );
  });
  test('nothing typed is ever overwritten', () => {
    const holder = whose('requester.phone', 'requester');
    const fields = Object.values(holder.fields);
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(...fields),
          fc.string({ minLength: 1 }).filter((s) => s.trim() !== ''),
        ),
        (typed) => {
          const { patch } = cardAgainst('birth', holder, card(), typed);
          for (const field of Object.keys(typed)) expect(patch[field]).toBeUndefined();
        },
      ),
    );
  });
});

describe('a burst of keys', () => {
  const burst = { field: 'requester.phone', text: '0', before: null, value: '', at: 1_000 };
  test('goes on while the keys follow each other, and ends with a rest', () => {
    expect(follows(burst, 1_030)).toBe(true);
    expect(follows(burst, 1_000 + restAfter('0') + 1)).toBe(false);
    expect(follows(null, 1_000)).toBe(false);
  });
  test('is waited for longer the surer it is a scanner', () => {
    const waits = ['Lê', '079', '079196004217|Đặng'].map(restAfter);
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(new Set(waits).size).toBe(3);
  });
  test.each([
    ['', 0, 0, 'abc', 'abc'],
    ['Lê', 2, 2, 'Lê079|x', '079|x'],
    ['Lê Ô', 3, 3, 'Lê 079Ô', '079'],
    ['bỏ hết', 0, 6, '079', '079'],
  ])('in %j from %i to %i, %j was scanned as %j', (value, start, end, now, typed) => {
    expect(typedSince({ value, start, end }, now)).toBe(typed);
  });
});
