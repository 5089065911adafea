/** The stick is chosen here: a path goes to the data process, never to the window. */
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { chooseFolder } from './choose-folder.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { ask } from './save-files.ts';

export function courierCalls(data: DataClient): Record<'courier.export' | 'courier.import', ShellCall> {
  return {
    'courier.export': async (input, event) => {
      const place = await chooseFolder(event, 'Chọn USB để ghi dữ liệu gửi Thành phố');
      return place === null
        ? null
        : ask(data, 'courier.write', { ...(input as Input<'courier.export'>), place });
    },
    'courier.import': async (_input, event) => {
      const place = await chooseFolder(event, 'Chọn USB có tệp biên nhận của Thành phố');
      return place === null ? null : ask(data, 'courier.read', { place });
    },
  };
}
