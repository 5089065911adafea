/**
 * The state machine of a component as a table (states: QĐ 766 and the national portal's codes 1-10).
 * Buttons, IPC, hub and tests ask `allowedActions`, which reads it; nobody else decides.
 */
export const componentStates = [
  /** Its clock has not begun: it waits for another component. */
  'waiting',
  'processing',
  /** The citizen has to complete papers; the clock stands still. */
  'supplement',
  'payment',
  /** Handed to another agency; the clock runs on. */
  'elsewhere',
  /** The result is there. */
  'done',
  'given',
  'refused',
  'withdrawn',
  'stopped',
] as const;
export type ComponentState = (typeof componentStates)[number];

/** Code of the national portal for a state: 2 được tiếp nhận, 3 không được tiếp nhận, 4 đang xử lý ... 10 đã trả kết quả. */
export const portalCode: Readonly<Record<ComponentState, number>> = {
  waiting: 2,
  processing: 4,
  elsewhere: 4,
  supplement: 5,
  payment: 6,
  withdrawn: 7,
  stopped: 8,
  refused: 3,
  done: 9,
  given: 10,
};

const OPEN = ['waiting', 'processing', 'supplement', 'payment', 'elsewhere'] as const;
const ENDED = ['done', 'given', 'refused', 'withdrawn', 'stopped'] as const;

export function isOpenState(state: ComponentState): boolean {
  return OPEN.some((open) => open === state);
}

export const actions = [
  'ask_supplement',
  'supplement_arrived',
  'forward',
  'came_back',
  'ask_payment',
  'paid',
  'result_received',
  'give_result',
  'refuse',
  'stop',
  'withdraw',
  'extend',
  'hand_over',
  'report_obstacle',
  'clear_obstacle',
  'take_back',
] as const;
export type Action = (typeof actions)[number];

interface ActionRule {
  readonly from: readonly ComponentState[];
  /** `same` = the state stays; `running` = processing, or waiting where its clock has not begun. */
  readonly to: ComponentState | 'same' | 'running';
  /** What the step must carry. */
  readonly needs: readonly ('reason' | 'items' | 'to' | 'new_due' | 'obstacle')[];
}

export const actionRules: Readonly<Record<Action, ActionRule>> = {
  ask_supplement: {
    from: ['waiting', 'processing', 'payment', 'elsewhere'],
    to: 'supplement',
    needs: ['items'],
  },
  supplement_arrived: { from: ['supplement'], to: 'running', needs: [] },
  forward: { from: ['processing'], to: 'elsewhere', needs: ['to'] },
  came_back: { from: ['elsewhere'], to: 'running', needs: [] },
  ask_payment: { from: ['processing'], to: 'payment', needs: [] },
  paid: { from: ['payment'], to: 'running', needs: [] },
  result_received: { from: OPEN, to: 'done', needs: [] },
  give_result: { from: ['done'], to: 'given', needs: [] },
  refuse: { from: OPEN, to: 'refused', needs: ['reason'] },
  stop: { from: OPEN, to: 'stopped', needs: ['reason'] },
  withdraw: { from: OPEN, to: 'withdrawn', needs: ['reason'] },
  extend: { from: ['processing', 'elsewhere', 'payment'], to: 'same', needs: ['reason', 'new_due'] },
  hand_over: { from: [...OPEN, 'done'], to: 'same', needs: ['to'] },
  report_obstacle: { from: OPEN, to: 'same', needs: ['obstacle'] },
  clear_obstacle: { from: OPEN, to: 'same', needs: [] },
  take_back: { from: ENDED, to: 'running', needs: ['reason'] },
};
