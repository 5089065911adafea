/** Numbers on papers: the official shapes pass, near misses are warned about, a blank never is. */
import { describe, expect, test } from 'vitest';
import {
  birthNoticeNumberWarning,
  civilStatusNumberWarning,
  emailWarning,
  householdNumberWarning,
  insuranceNumberWarning,
  mobilePhoneWarning,
} from '../../../../shared/domain/document-checks.ts';

describe.each([
  {
    check: birthNoticeNumberWarning,
    code: 'BIRTH_NOTICE_FORM',
    good: ['00123.GCS.79010.26', '00123.gcs.79010.26', ' 00123.GCS.79010.26\n', '00123 .GCS. 79010.26'],
    bad: [
      '0123.GCS.79010.26',
      '00123.GCS.79010.2026',
      '00123.GBT.79010.26',
      '00123GCS7901026',
      '00123-GCS-79010-26',
      '00123.GCS.7901O.26',
      '123/2024',
      'x00123.GCS.79010.26',
    ],
  },
  {
    check: insuranceNumberWarning,
    code: 'INSURANCE_FORM',
    good: [
      '7912345678',
      '0000000000',
      'TE1790123456789',
      'te1790123456789',
      'TE 1 79 0123456789',
      'GD-4-79-0123456789',
    ],
    bad: [
      '791234567',
      '79123456789',
      'TE0790123456789',
      'TE6790123456789',
      'T11790123456789',
      'TE179012345678',
      'TE17901234567890',
      'TE1790123456X89',
      '790123456789012',
    ],
  },
  {
    check: mobilePhoneWarning,
    code: 'PHONE_FORM',
    good: [
      '0301234567',
      '0512345678',
      '0701234567',
      '0812345678',
      '0901234567',
      '090 123 45 67',
      '090.123-4567',
      '+84 901 234 567',
    ],
    bad: [
      '0123456789',
      '0201234567',
      '090123456',
      '09012345678',
      '028 3822 0000',
      '84901234567',
      '090123456a',
      '-',
      '.',
    ],
  },
  {
    check: emailWarning,
    code: 'EMAIL_FORM',
    good: ['mau@thu.vn', 'nguyen.van-mau+1@hop-thu.com.vn', 'MAU@THU.VN', ' mau@thu.vn '],
    bad: [
      'mau',
      'mau@',
      '@thu.vn',
      'mau@thu',
      'mau@thu.',
      'mau@@thu.vn',
      'mau@thu..vn',
      'mẫu@thu.vn',
      'mau thu@thu.vn',
      'mau@-thu.vn',
      'mau@thu.vn,hai@thu.vn',
    ],
  },
  {
    check: householdNumberWarning,
    code: 'HOUSEHOLD_FORM',
    good: ['7912345678', '79 1234 5678'],
    bad: ['791234567', '79123456789', 'HGD7912345', '79.1234567'],
  },
  {
    check: civilStatusNumberWarning,
    code: 'CIVIL_STATUS_NUMBER_FORM',
    good: ['01/2024', '1/1999', '12345/2026', ' 01 / 2024 '],
    bad: [
      '01',
      '/2024',
      '01/24',
      '01-2024',
      '01/2024/TLKT',
      '01/1824',
      '01/20244',
      '2024/01',
      '123456/2024',
      'số 01/2024',
    ],
  },
])('$code', ({ check, code, good, bad }) => {
  test.each(['', ' ', '\u200B', ...good])('%j passes', (text) => {
    expect(check(text)).toBeNull();
  });
  test.each(bad)('%j is warned about', (text) => {
    expect(check(text)).toBe(code);
  });
});

test('the example in the sentence about giấy chứng sinh has its 18 characters', () => {
  expect('00123.GCS.79010.26').toHaveLength(18);
});

test('a very long text is no address, and the check comes to an end', () => {
  for (const long of ['a'.repeat(50_000), `a@${'a.'.repeat(25_000)}`, `a@${'a-'.repeat(25_000)}`])
    expect(emailWarning(long)).toBe('EMAIL_FORM');
});
