/** The last step belongs to the installer of the operating system: which program is started, or what an administrator has to type. */
export interface System {
  readonly platform: NodeJS.Platform;
  /** Null on Windows. */
  readonly uid: number | null;
  /** Where the program that runs lies. */
  readonly program: string;
  has(file: string): boolean;
}
export type HandOver =
  /** Ends when the installer ended; 0 = installed. */
  | { readonly kind: 'wait'; readonly command: string; readonly args: readonly string[] }
  /** Asks for the administrator by itself and replaces files in use: this program must be gone. */
  | { readonly kind: 'leave'; readonly command: string; readonly args: readonly string[] }
  | { readonly kind: 'by_hand'; readonly line: string };

const DPKG = '/usr/bin/dpkg';
const PKEXEC = '/usr/bin/pkexec';
const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
/** Only what dpkg put here is replaced by dpkg. */
const INSTALLED = '/opt/so-mot-cua/';

export function handOver(system: System, file: string): HandOver {
  if (system.platform === 'win32') return windows(system, file);
  const installed = system.program.startsWith(INSTALLED) && system.has(DPKG);
  if (installed && system.uid === 0) return { kind: 'wait', command: DPKG, args: ['-i', file] };
  if (installed && system.has(PKEXEC)) return { kind: 'wait', command: PKEXEC, args: [DPKG, '-i', file] };
  return { kind: 'by_hand', line: `sudo apt install ${quoted(file)}` };
}

/** The installer is per machine: Windows asks for an administrator and shows who signed it. */
function windows({ has }: System, file: string): HandOver {
  if (!has(POWERSHELL)) return { kind: 'by_hand', line: `"${file}" /S` };
  const start = `Start-Process -FilePath '${file.replaceAll("'", "''")}' -ArgumentList '/S','--force-run' -Verb RunAs`;
  return {
    kind: 'leave',
    command: POWERSHELL,
    args: ['-NoProfile', '-NonInteractive', '-Command', start],
  };
}

const quoted = (file: string) => (/^[\w./-]+$/.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`);
