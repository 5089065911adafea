/** Who may use the forms of the console page. */
import type { FastifyRequest } from 'fastify';

/** A browser on this very machine, on this very page: not through a proxy, not sent by a page of somebody else. */
export function isHere({ ip, headers }: FastifyRequest): boolean {
  const local = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(ip);
  const passedOn = ['forwarded', 'x-forwarded-for', 'via'].some((name) => headers[name] !== undefined);
  return local && !passedOn && ['same-origin', 'none'].includes(String(headers['sec-fetch-site'] ?? 'none'));
}
