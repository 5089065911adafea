/** Every failure as one shape: the status and the sentence of its problem, no details of a bug. */
import { randomUUID } from 'node:crypto';
import { ZodError } from 'zod';
import type { Refusal } from '../../shared/contract/sync/messages.ts';
import { errorFields, type LogFields, logFields } from '../../shared/lib/log-fields.ts';
import { Problem, problemSentence, problemStatus } from '../../shared/problem.ts';
import { codeOf, pgProblem } from '../db/pg-problem.ts';

export interface Failure {
  readonly status: number;
  readonly body: Refusal;
  /** Present where somebody has to look into the log. */
  readonly bug: { readonly ref: string; readonly error: unknown } | null;
}

export function failureOf(error: unknown, where: string): Failure {
  const known = asProblem(pgProblem(error), where);
  if (known)
    return {
      status: problemStatus(known.code),
      body: bodyOf(known),
      bug: known.code === 'HUB_BUSY' ? { ref: '-', error } : null,
    };
  const ref = randomUUID().slice(0, 8);
  const internal = new Problem('INTERNAL', { where, ref });
  return { status: 500, body: bodyOf(internal), bug: { ref, error } };
}

/** What a log may say of a failure: its kind and where it happened. A database's message quotes whole rows. */
export function placeOf(error: unknown): LogFields {
  return logFields({ ...errorFields(error), code: codeOf(error) });
}

function bodyOf({ code, details }: Problem): Refusal {
  return { code, sentence: problemSentence(code, details), details };
}

function asProblem(error: unknown, where: string): Problem | null {
  if (error instanceof Problem) return error;
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    return new Problem('INPUT_INVALID', {
      where,
      detail: `${issue?.path.join('.').slice(0, 60) ?? ''} ${issue?.code ?? ''}`.trim(),
    });
  }
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem('BATCH_TOO_LARGE');
  // Fastify's own refusals: a body that is no JSON, a wrong content type, a bad address.
  return error.code.startsWith('FST_ERR_') && 'statusCode' in error && Number(error.statusCode) < 500
    ? new Problem('INPUT_INVALID', { where, detail: error.code })
    : null;
}
