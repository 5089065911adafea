/** Database errors that a caller can do something about become problems here, and only here. */
import { Problem } from '../../shared/problem.ts';

const BUSY = /^(08|53|57P0|40001|40P01|55P03)/;
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND']);

/** The code that the driver or the system gave, however deep it lies. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return codeOf(error.cause);
}

/** The same error where nobody but a programmer can help. */
export function pgProblem(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const code = codeOf(error);
  const lost =
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated/.test(
      `${error.message} ${String(error.cause)}`,
    );
  return lost || NO_CONNECTION.has(code) || BUSY.test(code)
    ? new Problem('HUB_BUSY', {}, { cause: error })
    : error;
}
