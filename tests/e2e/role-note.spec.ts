/** Months without the city: how many days are left is said before anything waits (OpenCRVS #11243), and a contact takes the note away. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startHubProcess } from '../demo/hub-process.ts';
import { launchDesk } from '../support/desk-app.ts';
import { NOW } from './fixture.ts';

const DAY_80 = '2027-02-08T02:30:00Z';

test('ten days before the end it says so, in the shell and in Cài đặt', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-role-'));
  const [city, dataDir] = [path.join(folder, 'city'), path.join(folder, 'desk')];
  const code = ['--enrol-code', '26743', '--role', 'head', '--name', 'Công Tằng Tôn Nữ Hoàng Bảo Châu Minh'];
  const hub = await startHubProcess(city, code, { SMC_NOW: NOW });
  const first = await launchDesk({ dataDir, cityUrl: hub.url, enrolCode: hub.enrolCode, now: NOW });
  await expect(first.page.getByText('Cần nối mạng một lần')).toHaveCount(0);
  await first.close();
  await hub.stop();
  const alone = await launchDesk({ dataDir, cityUrl: hub.url, now: DAY_80 });
  await expect(alone.page.getByRole('region', { name: 'Cần nối mạng một lần' })).toContainText('Còn 10 ngày');
  await alone.room(6);
  await expect(alone.page.getByText('18/02/2027')).toBeVisible();
  await alone.page.screenshot({ path: test.info().outputPath('note.png') });
  await alone.close();
  const again = await startHubProcess(city, [], { SMC_NOW: DAY_80 });
  const desk = await launchDesk({ dataDir, cityUrl: again.url, now: DAY_80 });
  await desk.call('sync.run', {});
  await expect(desk.page.getByText('Cần nối mạng một lần')).toHaveCount(0);
  await desk.close();
  await again.stop();
  rmSync(folder, { recursive: true, force: true });
});
