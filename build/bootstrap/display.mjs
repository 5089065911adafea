// A screen to draw on: the machine's own, or an Xvfb of ours that ends with us.
import { isLinux } from './paths.mjs';
import { Failure, say } from './say.mjs';
import { keep } from './shell.mjs';
import { needSystem } from './system-packages.mjs';

/** Answers whether the screen is a virtual one; sets DISPLAY when it is. */
export async function display(size = '1366x768') {
  if (!isLinux || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return false;
  await needSystem('display');
  process.env.DISPLAY = await startXvfb(size);
  say(
    `No display here: the window runs under Xvfb, a virtual screen of ${size} (DISPLAY=${process.env.DISPLAY}).`,
  );
  return true;
}

// With -displayfd Xvfb itself picks a free number and tells it when it is ready to be used.
function startXvfb(size) {
  const args = ['-displayfd', '3', '-screen', '0', `${size}x24`, '-nolisten', 'tcp'];
  const { child, done } = keep('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return new Promise((resolve, reject) => {
    child.stdio[3].once('data', (number) => resolve(`:${String(number).trim()}`));
    done.then((code) => reject(new Failure(`Xvfb ended with ${code} before it was ready.`)), reject);
  });
}
