/**
 * Texts become markup nowhere in this window (Trusted Types, see the content security policy). One exception: Mantine puts its own
 * style rules into <style> elements as text. A text without "<" makes no element, whatever takes it; every other one is refused.
 */
import { config } from 'zod';

interface Policies {
  createPolicy(name: string, rules: { createHTML(text: string): string | null }): unknown;
}

const { trustedTypes } = globalThis as { trustedTypes?: Policies };
trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) });
// Else zod would try whether it may make functions out of text, and be refused.
config({ jitless: true });
