// Everything that must be stopped when the runner ends, however it ends.
import os from 'node:os';

const stops = new Set();
let leaving = false;

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => leave(128 + os.constants.signals[name]));
}

/** Registers what to do at the end, the last registered first; answers the function that forgets it again. */
export function atExit(stop) {
  stops.add(stop);
  return () => stops.delete(stop);
}

export const isLeaving = () => leaving;

/** Stops everything, then ends the process with the code. */
export async function leave(code) {
  if (leaving) return;
  leaving = true;
  for (const stop of [...stops].reverse()) await stop();
  process.exit(code);
}

/** Ends us when the program that started us is gone: a killed npm does not pass its signal on to everyone. */
export function leaveWithParent() {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void leave(128 + os.constants.signals.SIGTERM);
  }, 500).unref();
}
