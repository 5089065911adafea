import { describe, expect, it } from 'vitest';
import { sinceRead } from '../../../renderer/ui/use-now.ts';

const HOUR = 3_600_000;
const READ = 1_000_000;
const at = (iso: string) => Date.parse(iso);

describe('the session clock on a page', () => {
  it.each([
    ['opened at once', 0, '2026-11-20T01:00:00Z'],
    ['opened in the afternoon', 7.5 * HOUR, '2026-11-20T08:30:00Z'],
    ['opened after a night', 24 * HOUR, '2026-11-21T01:00:00Z'],
    ['on a machine whose clock was set back', -2 * HOUR, '2026-11-20T01:00:00Z'],
  ])('%s', (_, passed, shown) => {
    expect(sinceRead('2026-11-20T01:00:00Z', READ, READ + passed)).toBe(at(shown));
  });

  it('does not jump when the session is read again', () => {
    const before = sinceRead('2026-11-20T01:00:00Z', READ, READ + 5 * HOUR);
    expect(sinceRead('2026-11-20T06:00:00Z', READ + 5 * HOUR, READ + 5 * HOUR)).toBe(before);
  });
});
