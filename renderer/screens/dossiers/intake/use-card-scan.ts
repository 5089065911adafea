/** Listens for a keyboard-type scanner: it types fast into whatever has the focus and ends with Enter, Tab or nothing. */
import { type RefObject, useEffect, useRef } from 'react';
import { looksLikeIdCardQr } from '../../../../shared/domain/id-card-qr.ts';
import { type Burst, follows, restAfter, typedSince } from './scan-burst.ts';

interface Handlers {
  /** A hidden line of text on the page: it takes a scan that began on a list, a tick box or a button. */
  readonly catcher: RefObject<HTMLInputElement | null>;
  /** A card was scanned with the cursor in this field ('' = none); `value` is what stood in the field before. */
  readonly onCard: (text: string, field: string, value: string) => void;
}
/** A key that came in time is not told apart from one after the timer. */
const TIMER_SLACK_MS = 30;
/** The first digits of a number on a card. */
const SCAN_BEGINS = /^\d{3}$/;
type TextControl = HTMLInputElement | HTMLTextAreaElement;

function isText(target: EventTarget | null): target is TextControl {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox')
  );
}

function heldBy(target: EventTarget | null): string {
  if (target instanceof HTMLInputElement && target.type === 'checkbox') return target.checked ? '1' : '';
  return target instanceof HTMLSelectElement || isText(target) ? target.value : '';
}

/** Fields of other places (search, dialogs) take what they are given. */
function listens(page: HTMLElement | null, target: EventTarget | null): target is HTMLElement {
  if (document.querySelector('dialog[open]')) return false;
  return target === document.body || (target instanceof HTMLElement && Boolean(page?.contains(target)));
}

function begun(target: HTMLElement, at: number): Burst {
  const before = isText(target)
    ? {
        value: target.value,
        start: target.selectionStart ?? target.value.length,
        end: target.selectionEnd ?? target.value.length,
      }
    : null;
  return { field: target.dataset.field ?? '', text: '', before, value: heldBy(target), at };
}

export function useCardScan(page: RefObject<HTMLElement | null>, handlers: Handlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    let burst: Burst | null = null;
    let rest: ReturnType<typeof setTimeout> | undefined;

    const scanned = (): string => {
      if (!burst) return '';
      if (burst.home) return latest.current.catcher.current?.value ?? '';
      const target = document.activeElement;
      return burst.before && isText(target) ? typedSince(burst.before, target.value) : burst.text;
    };
    /** Ends the burst; true when it was a card. */
    const end = (): boolean => {
      clearTimeout(rest);
      const done = burst;
      const text = scanned();
      burst = null;
      done?.home?.focus({ preventScroll: true });
      const { catcher } = latest.current;
      if (done?.home && catcher.current) catcher.current.value = '';
      if (!done || !looksLikeIdCardQr(text)) return false;
      latest.current.onCard(text, done.field, done.value);
      return true;
    };
    /** A pause ends a card, and what began on a list; other letters stay, for a busy machine hands late what was typed in time. */
    const rested = () => {
      if (burst?.home || looksLikeIdCardQr(scanned())) end();
    };
    const note = (target: HTMLElement, text: string, at: number) => {
      burst = { ...(follows(burst, at) ? burst : begun(target, at)), at };
      burst = { ...burst, text: burst.text + text };
      clearTimeout(rest);
      rest = setTimeout(rested, restAfter(burst.text) + TIMER_SLACK_MS);
    };
    /** Nobody types digits at a list or a button: what follows goes where no letter is lost and nothing is pressed. */
    const catchFrom = (target: HTMLElement) => {
      const { catcher } = latest.current;
      if (!burst || !catcher.current || !SCAN_BEGINS.test(burst.text)) return;
      catcher.current.value = burst.text;
      burst = { ...burst, home: target };
      catcher.current.focus({ preventScroll: true });
      catcher.current.setSelectionRange(burst.text.length, burst.text.length);
    };
    const onKey = (event: KeyboardEvent) => {
      if (!listens(page.current, event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === 'Enter' || event.key === 'Tab') {
        // The scanner's own last key neither submits nor moves on.
        if (follows(burst, event.timeStamp) && end()) {
          event.preventDefault();
          event.stopImmediatePropagation();
        }
        return;
      }
      if (event.key.length !== 1 || isText(event.target)) return;
      note(event.target, event.key, event.timeStamp);
      catchFrom(event.target);
      if (burst?.home) event.preventDefault();
    };
    const onInput = (event: Event) => {
      if (!(event instanceof InputEvent) || !listens(page.current, event.target) || !isText(event.target))
        return;
      if (event.inputType.startsWith('insert') && event.inputType !== 'insertFromPaste')
        note(event.target, event.data ?? '', event.timeStamp);
    };
    const onPaste = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!listens(page.current, event.target) || !looksLikeIdCardQr(text)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const { field, value } = begun(event.target, 0);
      latest.current.onCard(text, field, value);
    };
    window.addEventListener('keydown', onKey, true);
    window.addEventListener('beforeinput', onInput, true);
    window.addEventListener('paste', onPaste, true);
    return () => {
      clearTimeout(rest);
      window.removeEventListener('keydown', onKey, true);
      window.removeEventListener('beforeinput', onInput, true);
      window.removeEventListener('paste', onPaste, true);
    };
  }, [page]);
}
