/** What the operating system says of a stick, as a problem with words. */
import { Problem, type ProblemCode } from '../problem.ts';

const codes: Readonly<Record<string, ProblemCode>> = {
  ...{ ENOSPC: 'STICK_FULL', EDQUOT: 'STICK_FULL', EFBIG: 'STICK_FULL' },
  ...{ EROFS: 'STICK_READ_ONLY', EACCES: 'STICK_READ_ONLY', EPERM: 'STICK_READ_ONLY' },
  ...{
    ENOENT: 'STICK_GONE',
    ENOTDIR: 'STICK_GONE',
    ENODEV: 'STICK_GONE',
    ENXIO: 'STICK_GONE',
    EIO: 'STICK_GONE',
  },
  ...{ ESTALE: 'STICK_GONE', EBADF: 'STICK_GONE' },
};

/** Anything else that the operating system said keeps its own code; what is no such error is given back as it is. */
export function stickProblem(error: unknown): unknown {
  if (error instanceof Problem || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (!/^E[A-Z0-9]+$/.test(code)) return error;
  return new Problem(codes[code] ?? 'STICK_FAILED', { code }, { cause: error });
}
