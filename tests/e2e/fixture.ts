/** One hub process, one line and one real desk app for all tests of a worker; tests do not depend on the page the last one left. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { type HubProcess, startHubProcess } from '../demo/hub-process.ts';
import { type DeskApp, launchDesk } from '../support/desk-app.ts';
import { type Line, startLine } from '../support/line.ts';

/** Friday 20/11/2026, 9:30 in Vietnam; the next working Tuesday is a holiday. */
export const NOW = '2026-11-20T02:30:00Z';

export interface World {
  readonly hub: HubProcess;
  readonly line: Line;
  readonly desk: DeskApp;
  readonly folder: string;
}

export async function startWorld(unit: string): Promise<World & { end(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-e2e-'));
  const hub = await startHubProcess(
    path.join(folder, 'city'),
    ['--enrol-code', unit, '--name', 'Lê Thị Hạnh'],
    { SMC_NOW: NOW },
  );
  const line = await startLine(hub.url);
  const desk = await launchDesk({
    dataDir: path.join(folder, 'desk'),
    cityUrl: line.url,
    enrolCode: hub.enrolCode,
    now: NOW,
  });
  return {
    hub,
    line,
    desk,
    folder,
    async end() {
      await desk.close().catch(() => undefined);
      await line.close();
      await hub.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export const test = base.extend<{ page: Page }, { worldName: string; world: World }>({
  /** Files that count what is in the book ask for a world of their own by another name. */
  worldName: ['shared', { scope: 'worker', option: true }],
  world: [
    async ({ worldName: _ }, use) => {
      const world = await startWorld('26743');
      await use(world);
      await world.end();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  page: async ({ world }, use) => {
    world.line.up();
    await world.desk.page.keyboard.press('Escape');
    await world.desk.room(1);
    await use(world.desk.page);
    // Nothing of ours may lean on what the policy stops; whoever tries to break it takes what it stopped.
    expect(world.desk.stopped()).toEqual([]);
  },
});

/** Types into the focused field as a Vietnamese keyboard does, then goes on with Tab. */
export async function typeAndTab(page: Page, text: string): Promise<void> {
  if (text !== '') await page.keyboard.insertText(text);
  await page.keyboard.press('Tab');
}

export { expect };
