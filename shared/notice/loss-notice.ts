/**
 * The notice of a lost machine to the specialised body for the protection of personal data, within 72 hours of finding
 * (Luật 91/2025/QH15, Điều 23): figures and kinds of data, nobody's name. The wording is the desk's own; a printed form, where the
 * authority has one, comes before it.
 */
import { breachNotice, type DataKind, dataKindOf, dataKinds, SCANS } from '../catalogue/personal-data.ts';
import { unitOn } from '../catalogue/units.ts';
import type { LossFacts } from '../contract/sync/machines.ts';
import { localTime, showDate } from '../lib/local-date.ts';
import { showCount } from '../lib/whole-number.ts';

const HOUR_MS = 3_600_000;

/** Whole hours left of the 72 since the finding; negative when they are over. Both in epoch ms. */
export function hoursLeft(foundAt: number, now: number): number {
  return Math.floor((foundAt + breachNotice.hours * HOUR_MS - now) / HOUR_MS);
}

export interface KindHeld extends Pick<DataKind, 'name' | 'sensitive'> {
  /** Dossiers in which the most frequent field of this kind is filled; of scans: how many there are. */
  readonly n: number;
}

/** Kinds of data that stood on the machine, sensitive ones first. */
export function kindsHeld({ fields, scans }: Pick<LossFacts, 'fields' | 'scans'>): readonly KindHeld[] {
  const most = (code: string) => {
    const counts = { birth: 0, death: 0 };
    for (const { chain, key, dossiers } of fields)
      if (dataKindOf(key).code === code) counts[chain] = Math.max(counts[chain], dossiers);
    return counts.birth + counts.death;
  };
  const kinds = dataKinds.map(({ code, name, sensitive }) => ({ name, sensitive, n: most(code) }));
  const all = [...kinds, { ...SCANS, n: scans }].filter(({ n }) => n > 0);
  return all.sort((a, b) => Number(b.sensitive) - Number(a.sensitive));
}

/** "09:30 ngày 20/11/2026", Vietnam's time. */
export function momentWords(iso: string): string {
  const { date, time } = localTime(Date.parse(iso));
  return `${time} ngày ${showDate(date)}`;
}

/** What the city cannot know, said as such. */
export function unknownWords({ contactAt, receiptAt, unsent, busiest }: LossFacts): readonly string[] {
  const since = receiptAt
    ? `sau lần gửi cuối lúc ${momentWords(receiptAt)}`
    : 'từ khi ghi danh (máy chưa gửi gì)';
  const known =
    unsent === null || contactAt === null
      ? 'Thành phố không ghi được máy còn bao nhiêu bản ghi chưa gửi.'
      : `Lúc máy liên lạc lần cuối (${momentWords(contactAt)}) còn ${showCount(unsent)} bản ghi chưa gửi; sau lúc đó không rõ.`;
  const most =
    busiest > 0
      ? ` Nếu máy vẫn được dùng sau đó: tối đa khoảng ${showCount(busiest)} hồ sơ mới mỗi ngày, bằng ngày nhiều nhất của máy này.`
      : '';
  return [
    `Phần nhập ${since} không rõ. ${known}${most}`,
    'Bản nháp gõ dở không gửi về Thành phố nên cũng không rõ.',
  ];
}

export interface NoticeFacts {
  readonly facts: LossFacts;
  /** ISO 8601, as the officer typed them: when the loss was found. */
  readonly foundAt: string;
  /** ISO 8601: when this text is made. */
  readonly at: string;
  /** ISO 8601: when the city counted. */
  readonly countedAt: string;
}

export interface NoticePart {
  readonly title: string;
  readonly lines: readonly string[];
}

export const NOTICE_TITLE = 'Thông báo vi phạm quy định về bảo vệ dữ liệu cá nhân (mất thiết bị)';

export function lossNotice({ facts, foundAt, at, countedAt }: NoticeFacts): readonly NoticePart[] {
  const { no, name, unit, dossiers, people, revoked } = facts;
  const all = dossiers.open + dossiers.closed;
  const left = hoursLeft(Date.parse(foundAt), Date.parse(at));
  const due = new Date(Date.parse(foundAt) + breachNotice.hours * HOUR_MS).toISOString();
  const held = kindsHeld(facts).map(
    (kind) => `${kind.name}${kind.sensitive ? ' (nhạy cảm)' : ''}: ${showCount(kind.n)}`,
  );
  return [
    {
      title: '1. Sự việc',
      lines: [
        `Máy số ${no} (${name}) của ${unitOn(unit, localTime(Date.parse(at)).date)?.name ?? unit} bị mất. Phát hiện lúc ${momentWords(foundAt)}.`,
        `Hạn thông báo ${breachNotice.hours} giờ theo ${breachNotice.source}: trước ${momentWords(due)} (${left >= 0 ? `còn ${left} giờ` : `đã quá ${-left} giờ`}).`,
      ],
    },
    {
      title: '2. Dữ liệu có thể bị lộ',
      lines: [
        `${showCount(all)} hồ sơ (${showCount(dossiers.open)} đang giải quyết, ${showCount(dossiers.closed)} đã xong), trong đó ${showCount(dossiers.own)} hồ sơ do máy này nhập. Không quá ${showCount(people)} người.`,
        `Số liệu của Thành phố lúc ${momentWords(countedAt)}.`,
        ...unknownWords(facts),
      ],
    },
    { title: '3. Loại dữ liệu cá nhân (số hồ sơ có dữ liệu này)', lines: held },
    {
      title: '4. Biện pháp đã có và đã làm',
      lines: [
        'Dữ liệu trên máy mã hoá toàn bộ; khoá nằm sau mật khẩu của từng cán bộ. Máy tự khoá khi không dùng.',
        revoked
          ? `Đã thu hồi khoá của máy lúc ${momentWords(revoked.at)} (người thu hồi: ${revoked.by}; lý do: ${revoked.reason}): máy không gửi, không nhận được gì nữa.`
          : 'CHƯA thu hồi khoá của máy.',
      ],
    },
    {
      title: '5. Hậu quả có thể có, biện pháp tiếp theo, người liên hệ',
      lines: ['........................................', '........................................'],
    },
  ];
}

/** The same as plain text, for a letter or a message. */
export function noticeText(facts: NoticeFacts): string {
  const parts = lossNotice(facts).map(({ title, lines }) =>
    [title, ...lines.map((line) => `- ${line}`)].join('\n'),
  );
  return [NOTICE_TITLE.toUpperCase(), ...parts].join('\n\n');
}
