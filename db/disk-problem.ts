/** What the file system said, as a problem of the catalogue. */
import { Problem, type ProblemCode } from '../shared/problem.ts';

const full = ['ENOSPC', 'EDQUOT'];
const locked = ['EROFS', 'EACCES', 'EPERM'];

export function diskProblem(
  error: unknown,
  codes: { readonly full: ProblemCode; readonly locked: ProblemCode } = {
    full: 'DB_FULL',
    locked: 'DB_READ_ONLY',
  },
): unknown {
  if (error instanceof Problem || !(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  if (full.includes(code)) return new Problem(codes.full, {}, { cause: error });
  if (locked.includes(code)) return new Problem(codes.locked, {}, { cause: error });
  return error;
}
