/** The code of the problem that some work ends in. */
import { Problem } from '../../shared/problem.ts';

export async function problemOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'OK';
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}
