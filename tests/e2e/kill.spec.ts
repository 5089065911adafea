/** The data process is killed in the middle of saves: nothing acknowledged is lost, the window goes on. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { launchDesk } from '../support/desk-app.ts';
import { form, reception } from '../support/forms.ts';
import { expect, startWorld, test } from './fixture.ts';

/** The utility process that holds the data, among the app's children. */
function dataProcess(appPid: number): number {
  const lines = execFileSync('ps', ['-eo', 'pid,ppid,args', '--no-headers'], { encoding: 'utf8' }).split(
    '\n',
  );
  const rows = lines.map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line)).filter((m) => m !== null);
  const family = new Set([appPid]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [, pid, ppid] of rows) {
      if (family.has(Number(ppid)) && !family.has(Number(pid))) {
        family.add(Number(pid));
        grew = true;
      }
    }
  }
  const found = rows.filter(
    ([, pid, , args]) =>
      family.has(Number(pid)) && args?.includes('--utility-sub-type=node.mojom.NodeService'),
  );
  expect(found).toHaveLength(1);
  return Number(found[0]?.[1]);
}

// Each start makes the key from the password anew, which takes its time on purpose.
test.beforeEach(() => test.setTimeout(180_000));

test('kill -9 of the data process in the middle of a save loses nothing acknowledged', async () => {
  const world = await startWorld('26743');
  try {
    const { desk } = world;
    const pid = desk.app.process().pid ?? 0;
    const acknowledged: string[] = [];
    for (let kill = 0; kill < 4; kill++) {
      let killed = false;
      const saves = (async () => {
        for (let i = 0; !killed || i < 3; i++) {
          const id = randomUUID();
          const values = form('birth', 1, { 'child.fullName': `Trẻ Số ${kill} ${i}` });
          // A save in flight at the kill may fail; only what was answered counts as acknowledged.
          const done = await desk.call('dossier.receive', { ...reception(id, 'birth'), values }).then(
            () => true,
            () => false,
          );
          if (done) acknowledged.push(id);
        }
      })();
      await desk.page.waitForTimeout(60 + kill * 45);
      process.kill(dataProcess(pid), 'SIGKILL');
      killed = true;
      await saves;
    }
    expect(acknowledged.length).toBeGreaterThan(8);
    for (const id of acknowledged) expect((await desk.call('dossier.get', { id })).id).toBe(id);
    expect(await desk.call('data.verify', {})).toMatchObject({ ok: true, problems: [] });
    await desk.room(2);
    await expect(desk.page.getByRole('row').nth(2)).toBeVisible();
    const state = await desk.call('sync.run', {});
    expect(state).toMatchObject({ waiting: 0, attention: 0 });
    expect(state.received).toBeGreaterThanOrEqual(acknowledged.length);
  } finally {
    await world.end();
  }
});

test('a form half typed when the whole app is killed comes back', async () => {
  const world = await startWorld('26743');
  try {
    const { desk } = world;
    await desk.room(2);
    await desk.page.keyboard.press('n');
    await expect(desk.page.locator('#field-requester-fullName')).toBeFocused();
    await desk.page.keyboard.insertText('Âu Dương Kiến Huê');
    await desk.page.keyboard.press('Tab');
    await expect.poll(async () => (await desk.call('draft.list', {})).length).toBe(1);
    const ended = once(desk.app.process(), 'exit');
    desk.app.process().kill('SIGKILL');
    await ended;
    const again = await launchDesk({ dataDir: path.join(world.folder, 'desk'), cityUrl: world.line.url });
    const [draft] = await again.call('draft.list', {});
    expect((await again.call('draft.get', { id: draft?.id ?? '' }))?.values['requester.fullName']).toBe(
      'Âu Dương Kiến Huê',
    );
    await again.close();
  } finally {
    await world.end();
  }
});
