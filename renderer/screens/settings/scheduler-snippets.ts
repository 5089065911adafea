/** What the scheduler of the operating system is told, so that the desk sends while nobody has it open. */

/** `program`: what starts the desk, and what must follow it; `time`: HH:MM. */
export interface Scheduled {
  readonly program: readonly string[];
  readonly time: string;
}
export const schedulers = ['windows', 'linux', 'cron'] as const;
export type Scheduler = (typeof schedulers)[number];

/** Where the installers put the program. */
export const usualProgram: Readonly<Record<Scheduler, string>> = {
  windows: 'C:\\Program Files\\So Mot Cua\\So Mot Cua.exe',
  linux: '/opt/so-mot-cua/so-mot-cua',
  cron: '/opt/so-mot-cua/so-mot-cua',
};

/** This machine's own system first, with the program that runs here; the others as they are installed elsewhere. */
export function snippetsFor(
  system: 'windows' | 'linux',
  here: Scheduled,
): readonly { readonly kind: Scheduler; readonly text: string }[] {
  const isOwn = (kind: Scheduler) => (kind === 'windows') === (system === 'windows');
  return schedulers
    .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)))
    .map((kind) => ({
      kind,
      text: schedulerSnippet(kind, isOwn(kind) ? here : { ...here, program: [usualProgram[kind]] }),
    }));
}

const NAME = 'So Mot Cua gui cuoi ngay';
const NO_SCREEN = '--ozone-platform=headless';

export function schedulerSnippet(kind: Scheduler, what: Scheduled): string {
  if (kind === 'windows') return windowsTask(what);
  return kind === 'linux' ? systemdTimer(what) : cronLine(what);
}

/** Windows' command line: an argument with a space stands in double quotes; no path of Windows holds one. */
const windowsArgument = (text: string) => (/\s/.test(text) ? `"${text}"` : text);
const powershell = (text: string) => `'${text.replaceAll("'", "''")}'`;

function windowsTask({ program: [exe = '', ...rest], time }: Scheduled): string {
  const words = [...rest.map(windowsArgument), '--sync'].join(' ');
  return [
    `$action = New-ScheduledTaskAction -Execute ${powershell(exe)} -Argument ${powershell(words)}`,
    `$trigger = New-ScheduledTaskTrigger -Weekly -DaysOfWeek Monday,Tuesday,Wednesday,Thursday,Friday,Saturday -At ${time}`,
    '$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -RunOnlyIfNetworkAvailable -ExecutionTimeLimit (New-TimeSpan -Minutes 30)',
    `Register-ScheduledTask -Force -TaskName '${NAME}' -Action $action -Trigger $trigger -Settings $settings`,
    `(Get-ScheduledTaskInfo '${NAME}').LastTaskResult`,
  ].join('\n');
}

/** systemd: `%` begins a specifier, `$` a variable, a backslash an escape. */
const systemdWord = (text: string) =>
  `"${text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

function systemdTimer({ program, time }: Scheduled): string {
  return [
    'mkdir -p ~/.config/systemd/user',
    "cat > ~/.config/systemd/user/so-mot-cua-gui.service <<'HET'",
    '[Service]',
    'Type=oneshot',
    `ExecStart=${program.map(systemdWord).join(' ')} --sync ${NO_SCREEN}`,
    'SuccessExitStatus=1',
    'HET',
    "cat > ~/.config/systemd/user/so-mot-cua-gui.timer <<'HET'",
    '[Timer]',
    `OnCalendar=Mon..Sat ${time}`,
    'RandomizedDelaySec=120',
    'Persistent=true',
    '[Install]',
    'WantedBy=timers.target',
    'HET',
    'systemctl --user daemon-reload && systemctl --user enable --now so-mot-cua-gui.timer',
  ].join('\n');
}

const shellWord = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** cron: an unescaped `%` ends the command. */
function cronLine({ program, time }: Scheduled): string {
  const [hour, minute] = [Number(time.slice(0, 2)), Number(time.slice(3, 5))];
  const command = `${program.map(shellWord).join(' ')} --sync ${NO_SCREEN}`.replaceAll('%', '\\%');
  return `${minute} ${hour} * * 1-6 ${command} >> "$HOME/so-mot-cua-gui.log" 2>/dev/null`;
}
