/** A run without a window, for the scheduler of the operating system. */
import { app } from 'electron';
import {
  type HeadlessResult,
  type HeadlessTask,
  headlessCalls,
  headlessFailure,
  headlessInput,
  headlessResult,
} from '../headless.ts';
import type { DataClient } from './data-client.ts';

interface Hooks {
  fatal(problem: { readonly code: string }): void;
}

/** Ends the program with the code of the result. `start` gives the data process. */
export function runHeadless(task: HeadlessTask, start: (hooks: Hooks) => DataClient): void {
  let openWanted = false;
  // Whoever opens the app meanwhile gets it as soon as this is done.
  app.on('second-instance', (_event, argv) => {
    openWanted ||= !argv.includes(`--${task}`);
  });
  let data: DataClient | null = null;
  const finish = async (result: HeadlessResult) => {
    tell(result);
    await data?.stop();
    if (openWanted) app.relaunch({ args: process.argv.slice(1).filter((one) => one !== `--${task}`) });
    app.exit(result.code);
  };
  data = start({ fatal: ({ code }) => void finish(headlessFailure(task, code)) });
  void data
    .call(headlessCalls[task], headlessInput(task, process.argv))
    .then((reply) => finish(headlessResult(task, reply)));
}

export function tell({ line }: HeadlessResult): void {
  process.stdout.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`);
}
