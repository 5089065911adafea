/**
 * Texts become markup nowhere in this window (Trusted Types, see the content security policy), but for two places. Mantine puts its own
 * style rules into <style> elements as text: a text without "<" makes no element, whatever takes it. And a table that was copied in Excel
 * is read as a document of its own, in which nothing runs and nothing is loaded.
 */
import { config } from 'zod';

interface Policy {
  createHTML(text: string): string;
}
interface Policies {
  createPolicy(name: string, rules: { createHTML(text: string): string | null }): Policy;
}

const { trustedTypes } = globalThis as { trustedTypes?: Policies };
trustedTypes?.createPolicy('default', { createHTML: (text) => (text.includes('<') ? null : text) });
const inert = trustedTypes?.createPolicy('inert', { createHTML: (text) => text });

/** Markup from outside as a document apart from the window: no script of it runs, no address is asked. */
export function inertDocument(markup: string): Document {
  return new DOMParser().parseFromString(inert?.createHTML(markup) ?? markup, 'text/html');
}

// Else zod would try whether it may make functions out of text, and be refused.
config({ jitless: true });
