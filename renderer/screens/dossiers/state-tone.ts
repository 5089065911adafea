/** Colour of a state, always beside its word. */
import type { ComponentState } from '../../../shared/domain/action-rules.ts';

export const stateTone: Readonly<Record<ComponentState, string>> = {
  waiting: '',
  processing: 'blue',
  supplement: 'warn',
  payment: 'warn',
  elsewhere: 'warn',
  done: 'ok',
  given: 'ok',
  refused: 'bad',
  withdrawn: '',
  stopped: 'bad',
};
