/** What a program must carry before it may be handed to offices: whom it takes updates from, and who signed it. */
import { readFileSync } from 'node:fs';
import { type UpdateKey, updateKeys } from '../../shared/domain/update.ts';

interface Asked {
  /**
   * SMC_UPDATE_KEYS names the file of public update keys (a JSON list), SMC_RELEASE=1 says that offices will get this build, CSC_LINK or
   * WIN_CSC_LINK that it is signed, SMC_PUBLISHER_NAME by whom.
   */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** Text of electron-builder.yml. */
  readonly config: string;
}
interface Checked {
  /** Why it is not packed; null = it is. */
  readonly fault: string | null;
  readonly keys: readonly UpdateKey[];
  readonly publisherName: string | null;
  /** What the one who packs should know. */
  readonly told: readonly string[];
}

export function releaseCheck({ env, platform, config }: Asked): Checked {
  const keys = env['SMC_UPDATE_KEYS'] ? keysIn(env['SMC_UPDATE_KEYS']) : [];
  const signed = Boolean(env['CSC_LINK'] || env['WIN_CSC_LINK']);
  const publisherName = env['SMC_PUBLISHER_NAME'] || publisherIn(config);
  const windows = platform === 'win32';
  const told = [
    ...(keys?.length === 0
      ? ['Development build: no update keys inside, it takes no updates by itself.']
      : []),
    ...(windows && !signed ? ['Development build: not signed, Windows will warn.'] : []),
  ];
  const fault = faultOf({ keys, release: env['SMC_RELEASE'] === '1', windows, signed, publisherName });
  return { fault, keys: keys ?? [], publisherName, told };
}

interface Facts extends Pick<Checked, 'publisherName'> {
  readonly keys: readonly UpdateKey[] | null;
  readonly release: boolean;
  readonly windows: boolean;
  readonly signed: boolean;
}

function faultOf({ keys, release, windows, signed, publisherName }: Facts): string | null {
  if (!keys) return 'SMC_UPDATE_KEYS names no list of update keys.';
  if (release && keys.length === 0)
    return 'A release needs its public update keys: SMC_UPDATE_KEYS=FILE (npm run release -- --help).';
  if (windows && signed && !publisherName)
    return 'A signed Windows build needs win.signtoolOptions.publisherName, or SMC_PUBLISHER_NAME.';
  if (windows && release && !signed)
    return 'A release for Windows must be signed: CSC_LINK and CSC_KEY_PASSWORD.';
  return null;
}

/** null: no list. */
function keysIn(file: string): readonly UpdateKey[] | null {
  const parsed = updateKeys.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  return parsed.success && parsed.data.length > 0 ? parsed.data : null;
}

const publisherIn = (config: string) =>
  /^\s*publisherName:\s*["'[]*([^"'\]\n]+)/m.exec(config)?.[1]?.trim() || null;
