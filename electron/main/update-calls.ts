/** A stick with a release is chosen here, and here the program gives way to the installer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { app } from 'electron';
import { Problem } from '../../shared/problem.ts';
import { type HandOver, handOver } from '../update/hand-over.ts';
import { chooseFolder } from './choose-folder.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { ask } from './save-files.ts';

export function updateCalls(data: DataClient): Record<'update.from-stick' | 'update.install', ShellCall> {
  return {
    'update.from-stick': async (_input, event) => {
      const place = await chooseFolder(event, 'Chọn thư mục có bản cập nhật trên USB');
      return place === null ? null : ask(data, 'update.take', { place });
    },
    'update.install': async () => {
      const { file } = await ask(data, 'update.prepare', {});
      const plan = handOver(thisSystem(), file);
      if (plan.kind === 'by_hand') {
        await ask(data, 'update.read-outcome', {});
        throw new Problem('UPDATE_NEEDS_ADMIN', { command: plan.line });
      }
      await data.stop();
      await run(plan);
      app.exit(0);
      return null;
    },
  };
}

const thisSystem = () => ({
  platform: process.platform,
  uid: process.getuid?.() ?? null,
  program: process.execPath,
  has: (file: string) => existsSync(file),
});

/** Whatever the installer answers, the program starts again: the version that then runs says how it ended. */
async function run(plan: Exclude<HandOver, { kind: 'by_hand' }>): Promise<void> {
  const leaves = plan.kind === 'leave';
  const child = spawn(plan.command, plan.args, { stdio: 'ignore', detached: leaves });
  const ended = once(child, leaves ? 'spawn' : 'exit').catch(() => undefined);
  await ended;
  if (leaves) child.unref();
  else app.relaunch();
}
