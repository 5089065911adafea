/** The second place for backups is chosen here: a path goes to the data process, never comes from the window. */

import { chooseFolder } from './choose-folder.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { ask } from './save-files.ts';

export function backupCalls(
  data: DataClient,
): Record<'backup.choose-place' | 'backup.choose-old', ShellCall> {
  return {
    'backup.choose-place': async (_input, event) => {
      const place = await chooseFolder(event, 'Chọn thư mục trên ổ đĩa khác để giữ bản sao lưu thứ hai');
      return place === null ? ask(data, 'backup.state', {}) : ask(data, 'backup.set-place', { place });
    },
    'backup.choose-old': async (_input, event) => {
      const place = await chooseFolder(event, 'Chọn ổ đĩa hoặc thư mục có bản sao lưu của máy cũ');
      return place === null ? null : ask(data, 'backup.find-old', { place });
    },
  };
}
