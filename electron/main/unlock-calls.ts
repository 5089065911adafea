/** Asking the city to open this machine: the stick is chosen here, a path goes to the data process, never to the window. */
import { chooseFolder } from './choose-folder.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { ask } from './save-files.ts';

export function unlockCalls(data: DataClient): Record<'account.ask-city' | 'account.hear-city', ShellCall> {
  return {
    'account.ask-city': async (_input, event) => {
      const place = await chooseFolder(event, 'Chọn USB để ghi tệp xin mở khoá');
      return place === null ? null : ask(data, 'account.write-request', { place });
    },
    'account.hear-city': async (_input, event) => {
      const place = await chooseFolder(event, 'Chọn USB có tệp trả lời của Thành phố');
      return place === null ? null : ask(data, 'account.read-answer', { place });
    },
  };
}
