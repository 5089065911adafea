/** GET /: a page for the city's own eyes: who sends, who is silent. No scripts, no personal data. */
import { z } from 'zod';
import { addDays, localTime, showDate } from '../../../shared/lib/local-date.ts';
import { type BackupMark, newestBackupMark } from '../../backup/log-digest.ts';
import { type Alert, type AlertKind, newestAlerts } from '../../db/queries/alert.ts';
import { overview } from '../../db/queries/overview.ts';
import { currentEpoch } from '../../epoch.ts';
import { LOST_PATH } from '../console-lost.ts';
import { uploadForm } from '../courier-upload.ts';
import { endpoint } from '../endpoint.ts';
import { bodyOf, pageOf, safe, unitName } from '../page.ts';

export const consoleRoute = endpoint({
  method: 'GET',
  path: '/',
  summary: 'Trang theo dõi',
  who: 'anyone',
  query: z.looseObject({}),
  body: z.undefined(),
  reply: z.string(),
  mediaType: 'text/html; charset=utf-8',
  handle: async (hub) => {
    const now = localTime(hub.clock.now());
    // Vietnam's midnight is 17:00 UTC of the day before.
    const { eventsToday, offices } = await overview(hub.db, new Date(`${addDays(now.date, -1)}T17:00:00Z`));
    const [epoch, alerts] = [await currentEpoch(hub), await newestAlerts(hub.db, ALERTS)];
    const devices = offices.reduce((sum, o) => sum + o.devices, 0);
    const rows = offices.map(
      (o) =>
        `<tr><td>${safe(unitName(o.unit))}</td><td>${safe(o.unit)}</td><td>${o.devices}</td><td>${o.events}</td><td>${safe(o.last ?? 'chưa gửi')}</td></tr>`,
    );
    return pageOf(
      'Sổ Một Cửa – Máy chủ Thành phố',
      `<dl><dt>Kỳ dữ liệu</dt><dd>${epoch.counter} (${safe(epoch.id)})</dd><dt>Số máy</dt><dd>${devices}</dd><dt>Bản ghi nhận hôm nay</dt><dd>${eventsToday}</dd><dt>Sao lưu đã kiểm</dt><dd>${backupWords(await newestBackupMark(hub.db), epoch.newest)}</dd><dt>Lúc</dt><dd>${showDate(now.date)} ${now.time}</dd></dl>
${alertTable(alerts)}
${uploadForm}
<h2>Mất máy</h2><p><a href="${LOST_PATH}">Danh sách máy: trên máy có gì, thu hồi, thông báo 72 giờ</a></p>
<table><caption>Nơi làm việc</caption><thead><tr><th scope="col">Đơn vị</th><th scope="col">Mã</th><th scope="col">Số máy</th><th scope="col">Bản ghi đã nhận</th><th scope="col">Biên nhận cuối</th></tr></thead>
${bodyOf(rows, 5, 'Chưa có máy nào ghi danh.')}</table>`,
    );
  },
});

function backupWords(mark: BackupMark | null, newest: number): string {
  if (!mark) return 'chưa có bản nào';
  const { date, time } = localTime(mark.at.getTime());
  return `${showDate(date)} ${time}, đến số ${mark.hub}/${newest} (${safe(mark.place)})`;
}

/** As many as a person looks at. */
const ALERTS = 50;

const alertTexts: Readonly<Record<AlertKind, string>> = {
  fork: 'Máy gửi hai dãy dữ liệu khác nhau (từng được khôi phục hoặc sao chép). Dãy cũ đã đóng, máy gửi tiếp ở dãy mới.',
  replaced: 'Máy đã mở dãy dữ liệu mới thay dãy cũ (sau khôi phục). Không mất dữ liệu.',
  clone: 'Hai máy đang gửi dưới cùng một tên máy (nghi sao chép ổ đĩa). Hãy ghi danh lại một trong hai máy.',
  restored: 'Cơ sở dữ liệu của Thành phố vừa được khôi phục về bản cũ. Các máy tự gửi lại phần thiếu.',
  mark: 'Máy này gửi trả bản ghi không mang dấu đúng của Thành phố; các bản ghi đó không được nhận. Hãy kiểm tra máy.',
  readmitted:
    'Máy ghi danh sau bản sao lưu đã tự vào lại bằng thẻ máy có chữ ký của Thành phố. Nếu máy đã bị thu hồi sau bản sao lưu, hãy thu hồi lại.',
  access_log:
    'Nhật ký truy cập của máy này lùi lại hoặc đổi khác so với mốc Thành phố đã ghi. Hãy kiểm tra nhật ký tại máy.',
  returned: 'Máy này gửi trả bản ghi của máy khác mà Thành phố đã mất.',
};

function alertTable(alerts: readonly Alert[]): string {
  if (alerts.length === 0) return '';
  const rows = alerts.map(({ kind, at, unit, no }) => {
    const when = localTime(at.getTime());
    const who = unit === null ? 'Máy chủ' : `${unitName(unit)}, máy ${no ?? '?'}`;
    return `<tr><td>${showDate(when.date)} ${when.time}</td><td>${safe(who)}</td><td>${alertTexts[kind]}</td></tr>`;
  });
  return `<table><caption>Cảnh báo</caption><thead><tr><th scope="col">Lúc</th><th scope="col">Nơi</th><th scope="col">Việc</th></tr></thead>
<tbody>${rows.join('\n')}</tbody></table>`;
}
