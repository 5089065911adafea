/** Scans of a dossier: which kinds are taken, what they are called, what their events add up to, and the city's word on them. */
import { describe, expect, test } from 'vitest';
import { fileName, fileTypeOf, fileTypes } from '../../../../shared/domain/attached-file.ts';
import type { Event } from '../../../../shared/domain/event.ts';
import { fold, touchedFields } from '../../../../shared/domain/project.ts';
import { judge } from '../../../../shared/domain/verdict.ts';
import { received } from '../../../support/events.ts';
import { HOSTILE_TEXTS } from '../../../support/hostile-texts.ts';
import { attach, detach, SCAN } from '../../../support/judged.ts';
import { scan } from '../../../support/scans.ts';

test.each(fileTypes)('%s is known by its first bytes', (type) => {
  expect(fileTypeOf(scan(20, type))).toBe(type);
});
test.each([
  ['nothing', ''],
  ['one byte of a picture', '\xff'],
  ['a web page', '<html>'],
  ['a program', 'MZ\x90\0'],
  ['a picture of another kind', 'GIF89a'],
  ['an archive', 'PK\x03\x04'],
  ['a PDF behind a blank', ' %PDF-1.7'],
])('%s is none of them', (_, bytes) => {
  expect(fileTypeOf(Buffer.from(bytes, 'latin1'))).toBeNull();
});

test.each([
  ['giay chung sinh.PNG', 'giay chung sinh.jpg'],
  ['C:\\quet\\a.jpeg', 'a.jpg'],
  ['/home/x/../b', 'b.jpg'],
  ['', 'tep-quet.jpg'],
  ['.', 'tep-quet.jpg'],
  ['a\u202egpj.exe', 'a gpj.jpg'],
  ['a\0<b>|c.jpg', 'a b c.jpg'],
  ['Giấy báo tử.pdf', 'Giấy báo tử.jpg'],
  [`${'x'.repeat(300)}.jpg`, `${'x'.repeat(60)}.jpg`],
  [`${'x'.repeat(59)} y.jpg`, `${'x'.repeat(59)}.jpg`],
  ['con.png', 'tep-quet-con.jpg'],
  ['Nul.tar.gz', 'tep-quet-Nul.tar.jpg'],
  ['com¹', 'tep-quet-com¹.jpg'],
  ['con gái.png', 'con gái.jpg'],
  ['a\ud800b.png', 'a\ufffdb.jpg'],
])('%j is called %j', (given, name) => {
  expect(fileName(given, 'image/jpeg')).toBe(name);
});

test('a thousand hostile names lead out of no folder, name no device, and end as their content', () => {
  const bad = HOSTILE_TEXTS.map((text) => fileName(text, 'application/pdf')).filter(
    (name) =>
      /[\p{Cc}\p{Cf}\p{Cs}<>:"|?*/\\]/u.test(name) ||
      /^(con|prn|aux|nul|com\d|lpt\d)\./i.test(name) ||
      /^[. ]|[. ]\.pdf$/.test(name) ||
      !/^.{1,60}\.pdf$/u.test(name),
  );
  expect(bad).toEqual([]);
});

const filesAfter = (...events: readonly Event[]) => {
  const subject = fold(events);
  return subject?.kind === 'dossier' ? subject.state.files : null;
};

describe('what the events add up to', () => {
  test('an attached file is shown with who and when, a detached one is not', () => {
    const event = attach();
    expect(filesAfter(received(), event)).toEqual([
      {
        ...{ sha256: SCAN, name: 'giay-chung-sinh.jpg', size: 1_000, type: 'image/jpeg' },
        ...{ paper: 'ks_giay_chung_sinh', note: '', at: event.at, by: event.actor.name },
      },
    ]);
    expect(filesAfter(received(), event, detach())).toEqual([]);
  });
  test('attached twice is one file, the newer word counts', () => {
    expect(filesAfter(received(), attach(), attach({ note: 'mặt sau' }))).toMatchObject([
      { note: 'mặt sau' },
    ]);
  });
  test('each touches its file alone', () => {
    expect([attach(), detach()].map(touchedFields)).toEqual([[`file/${SCAN}`], [`file/${SCAN}`]]);
    expect(touchedFields(attach({ file: 7 }))).toEqual(['file/']);
  });
});

const verdict = (event: Event, applied: readonly Event[]) =>
  judge({ event, sender: { role: 'clerk', office: '26743' }, current: fold(applied), applied });

describe('the city', () => {
  test.each<[object, string]>([
    [{ file: { sha256: 'x', name: 'a.jpg', size: 1, type: 'image/jpeg' } }, 'file.sha256'],
    [{ file: { sha256: SCAN, name: '', size: 1, type: 'image/jpeg' } }, 'file.name'],
    [{ file: { sha256: SCAN, name: 'a.jpg', size: 0, type: 'image/jpeg' } }, 'file.size'],
    [{ file: { sha256: SCAN, name: 'a.jpg', size: 20 * 1024 * 1024 + 1, type: 'image/jpeg' } }, 'file.size'],
    [{ file: { sha256: SCAN, name: 'a.jpg', size: 1, type: 'image/gif' } }, 'file.type'],
    [{ paper: 'none' }, 'paper'],
    [{ note: 'x'.repeat(301) }, 'note'],
  ])('returns %j', (more, field) => {
    expect(verdict(attach(more), [received()])).toMatchObject({
      ...{ kind: 'rejected', code: 'EVENT_BODY_INVALID', field },
    });
  });
  test('of another ward it takes neither', () => {
    for (const event of [attach({}, { office: '26740' }), detach({}, { office: '26740' })])
      expect(
        judge({
          ...{ event, sender: { role: 'clerk', office: '26740' } },
          ...{ current: fold([received(), attach()]), applied: [received(), attach()] },
        }),
      ).toMatchObject({ kind: 'rejected', code: 'EVENT_WRONG_OFFICE' });
  });
  test('waits with the taking off of a file that it has not seen', () => {
    expect(verdict(detach({}, { base: 1 }), [received()])).toMatchObject({
      kind: 'held',
      code: 'FILE_MISSING',
    });
  });
  test('takes notes beside a scan of another machine, and lays two words on one scan before a person', () => {
    const theirs = { stream: '00000000-0000-4000-8000-0000000000ff' };
    const applied = [received(), attach({}, theirs)];
    const other = { sha256: 'b'.repeat(64), name: 'b.png', size: 9, type: 'image/png' };
    expect(verdict(attach({ file: other }), applied)).toMatchObject({ kind: 'merged' });
    expect(verdict(attach(), applied)).toMatchObject({ kind: 'conflict', field: `file/${SCAN}` });
  });
});
