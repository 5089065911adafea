/** The layer of the operating system around a key slot (DPAPI, Keychain, libsecret): on another PC or account it does not come off. */
import { safeStorage } from 'electron';

/** Chromium's own stand-in on a Linux without a keyring is a fixed password: no layer at all is more honest. */
function isThere(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/** Null where there is no layer, or what was shown is none of this machine and account. */
export function osLayer(act: 'wrap' | 'unwrap', text: string): string | null {
  try {
    if (!isThere()) return null;
    return act === 'wrap'
      ? safeStorage.encryptString(text).toString('base64')
      : safeStorage.decryptString(Buffer.from(text, 'base64'));
  } catch {
    return null;
  }
}
