/** The lines for the operating system's scheduler start this very program, whatever its folder is called. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  schedulerSnippet,
  schedulers,
  snippetsFor,
  usualProgram,
} from '../../../renderer/screens/settings/scheduler-snippets.ts';

const guide = readFileSync(path.resolve(import.meta.dirname, '../../../docs/huong-dan/gui-nhan.md'), 'utf8');
test.each(schedulers)('the guide shows what the settings show: %s', (kind) => {
  expect(guide).toContain(schedulerSnippet(kind, { program: [usualProgram[kind]], time: '16:50' }));
});

const odd = ["/opt/Sổ Một Cửa's 100%/so $HOME", '/home/quầy 1/"mã"'];

describe('names with spaces, quotes, per cent and dollar signs', () => {
  test('reach the program as they are through cron and the shell', () => {
    const line = schedulerSnippet('cron', { program: odd, time: '07:05' });
    expect(line).toMatch(/^5 7 \* \* 1-6 /);
    // What cron hands to the shell: a line ends at an unescaped %.
    const command = line
      .split(' ')
      .slice(5)
      .join(' ')
      .replace(/ >> .*$/, '');
    expect(command).not.toMatch(/(?<!\\)%/);
    const words = execFileSync('/bin/sh', ['-c', `printf '%s\\n' ${command.replaceAll('\\%', '%')}`], {
      encoding: 'utf8',
    });
    expect(words.trimEnd().split('\n')).toEqual([...odd, '--sync', '--ozone-platform=headless']);
  });

  test('are quoted for systemd', () => {
    const text = schedulerSnippet('linux', { program: odd, time: '16:50' });
    expect(text).toContain(
      `ExecStart="/opt/Sổ Một Cửa's 100%%/so $$HOME" "/home/quầy 1/\\"mã\\"" --sync --ozone-platform=headless`,
    );
    expect(text).toContain('OnCalendar=Mon..Sat 16:50');
  });

  test('are quoted for PowerShell', () => {
    const program = ["D:\\Quầy 1's\\So Mot Cua.exe", 'D:\\mã nguồn'];
    const text = schedulerSnippet('windows', { program, time: '16:50' });
    expect(text).toContain(`-Execute 'D:\\Quầy 1''s\\So Mot Cua.exe' -Argument '"D:\\mã nguồn" --sync'`);
  });
});

test.each([
  ['windows', ['windows', 'linux', 'cron']],
  ['linux', ['linux', 'cron', 'windows']],
] as const)('on %s its own lines come first and name the program that runs here', (system, order) => {
  const made = snippetsFor(system, { program: ['D:\\noi-khac\\a.exe'], time: '16:50' });
  expect(made.map((one) => one.kind)).toEqual(order);
  expect(made.filter((one) => one.text.includes('noi-khac')).map((one) => one.kind)).toEqual(
    order.filter((kind) => (kind === 'windows') === (system === 'windows')),
  );
});
