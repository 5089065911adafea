// Tasks that run the product: hub and desk together, each alone, or both with hot reload.
import { createWriteStream, mkdirSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { readyDesk } from '../bootstrap/desk.mjs';
import { isRoot, root, userData } from '../bootstrap/paths.mjs';
import { Failure, say } from '../bootstrap/say.mjs';
import { keep, runNode, tool } from '../bootstrap/shell.mjs';

const port = () => Number(process.env.SMC_CITY_PORT || 8787);
const demoWard = '26740';

export async function start(args) {
  const places = demoPlaces();
  await needFreePort();
  const [hub, { electron, virtual }] = await Promise.all([startHub(places), readyDesk()]);
  const desk = startDesk(electron, args, {
    SMC_DATA_DIR: places.desk,
    SMC_CITY_URL: hub.url,
    SMC_ENROL_CODE: hub.enrolCode,
    SMC_DEMO: '1',
  });
  let closing = false;
  hub.process.done.then(() => {
    if (!closing)
      say('The city hub ended; the desk goes on without it. / Máy chủ thành phố đã dừng, quầy vẫn chạy.');
  });
  welcome(hub, places, virtual);
  const code = await desk.done;
  closing = true;
  return code;
}

export async function app(args) {
  const { electron } = await readyDesk();
  return startDesk(electron, args, { SMC_CITY_URL: process.env.SMC_CITY_URL || `http://127.0.0.1:${port()}` })
    .done;
}

export const city = (args) => runNode(['city/main.ts', ...args]);

export async function dev() {
  const places = demoPlaces();
  await needFreePort();
  const [hub] = await Promise.all([
    startHub(places, ['--watch', '--watch-preserve-output']),
    readyDesk({ built: false }),
  ]);
  const env = {
    ...process.env,
    SMC_DATA_DIR: places.desk,
    SMC_CITY_URL: hub.url,
    SMC_ENROL_CODE: hub.enrolCode,
    SMC_DEMO: '1',
  };
  const args = ['dev', '--watch', '-c', 'build/electron.vite.config.ts', ...(isRoot ? ['--noSandbox'] : [])];
  return keep(process.execPath, [tool('electron-vite', 'bin/electron-vite.js'), ...args], { env }).done;
}

function startDesk(electron, args, settings) {
  // Electron refuses to run as root inside its own sandbox.
  const flags = isRoot ? ['--no-sandbox'] : [];
  const env = { ...process.env, ...settings };
  const desk = keep(electron, [...flags, root, ...args], { env, stdio: ['inherit', 'inherit', 'pipe'] });
  createInterface({ input: desk.child.stderr }).on('line', (line) => {
    if (!chromiumNoise.test(line)) process.stderr.write(`${line}\n`);
  });
  return desk;
}

// Chromium complains about a machine without a desktop bus or a graphics card and then does without.
const chromiumNoise =
  /^\[\d+:[\d/.]+:(ERROR|WARNING):(bus|viz_main_impl|gpu_|command_buffer|object_proxy|angle|gl_)/;

/** Starts the hub and waits until it listens; answers { process, url, enrolCode }. */
async function startHub(places, nodeFlags = []) {
  for (const folder of [places.city, places.desk]) mkdirSync(folder, { recursive: true });
  const args = ['city/main.ts', '--port', String(port()), '--enrol-code', demoWard, '--demo'];
  const hub = keep(process.execPath, ['--disable-warning=ExperimentalWarning', ...nodeFlags, ...args], {
    env: { ...process.env, SMC_CITY_DATA_DIR: places.city },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(places.log);
  hub.child.stderr.pipe(log, { end: false });
  const listening = new Promise((resolve, reject) => {
    createInterface({ input: hub.child.stdout }).on('line', (line) => {
      log.write(`${line}\n`);
      const event = parsed(line);
      if (event?.event === 'listening') resolve({ process: hub, url: event.url, enrolCode: event.enrolCode });
    });
    hub.done.then(
      (code) => reject(new Failure(`The city hub ended with ${code} before it listened; see ${places.log}`)),
      reject,
    );
  });
  return listening;
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // a line that is not an event is only kept in the log
  }
}

function demoPlaces() {
  const demo = userData('demo');
  mkdirSync(demo, { recursive: true });
  return {
    city: path.resolve(process.env.SMC_CITY_DATA_DIR || path.join(demo, 'city')),
    desk: path.resolve(process.env.SMC_DATA_DIR || path.join(demo, 'desk')),
    log: path.join(demo, 'hub.log'),
  };
}

function needFreePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', (error) => {
      const reason =
        error.code === 'EADDRINUSE'
          ? 'is in use, perhaps by another start'
          : `cannot be used (${error.code})`;
      reject(
        new Failure(
          `Port ${port()} ${reason}. Stop that program, or choose another port: SMC_CITY_PORT=8788 npm start\n` +
            `Cổng ${port()} đang bận. Hãy dừng chương trình đó hoặc chọn cổng khác: SMC_CITY_PORT=8788 npm start`,
        ),
      );
    });
    probe.listen(port(), '127.0.0.1', () => probe.close(resolve));
  });
}

function welcome(hub, places, virtual) {
  say(`
Sổ Một Cửa is running. / Sổ Một Cửa đang chạy.
  Desk window / Cửa sổ quầy       ${virtual ? `on the virtual screen ${process.env.DISPLAY} / trên màn hình ảo` : 'on your screen / trên màn hình của bạn'}
  Sign in as / Đăng nhập          Cán bộ Dùng Thử, clerk of Phường Sài Gòn / cán bộ Một cửa Phường Sài Gòn
  Password / Mật khẩu             hoa phượng đỏ sân trường (also on the sign-in screen / có ghi trên màn hình)
  City hub / Máy chủ thành phố    ${hub.url}
  Desk data / Dữ liệu quầy        ${places.desk}
  Hub data / Dữ liệu máy chủ      ${places.city}
  Hub log / Nhật ký máy chủ       ${places.log}
All people and dossiers are made up. / Mọi người và hồ sơ đều là dữ liệu mẫu.
Ctrl+C or closing the window stops both. / Nhấn Ctrl+C hoặc đóng cửa sổ để dừng.
`);
}
