/** Every call of the contract refuses every way to spoil its input; nothing that is typed or listed may be without an end. */
import { describe, expect, test } from 'vitest';
import { ipc, type Method } from '../../../../shared/contract/ipc/registry.ts';
import { sampleOf, spoiltInputs } from '../../../support/call-samples.ts';

describe.each(Object.keys(ipc) as Method[])('%s', (method) => {
  const { input } = ipc[method];
  test('takes its sample', () => {
    expect(input.safeParse(sampleOf(input)).error?.issues ?? []).toEqual([]);
  });
  test('takes none of the spoilt ones', () => {
    const spoilt = spoiltInputs(input);
    expect(spoilt.length).toBeGreaterThan(7);
    const taken = spoilt.filter((one) => input.safeParse(one.input).success);
    expect(taken.map(({ what }) => what)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });
});
