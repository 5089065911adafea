/**
 * POST /console/courier: a bundle from a USB stick, given to the console page in a browser on the hub's own machine. The answer is the
 * receipts file as a download, or a page that says why not.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { answerName } from '../../shared/courier/disk.ts';
import { fail, Problem } from '../../shared/problem.ts';
import { importBundle, receiptsFile } from '../courier/import-bundle.ts';
import type { Hub } from '../hub.ts';
import { isHere } from './here.ts';
import { pageOf, safe } from './page.ts';
import { failureOf, placeOf } from './refusal.ts';

const PATH = '/console/courier';
/** Held in memory while it is read; what is larger comes by the command. */
const MAX_MB = 64;
const MAX_BYTES = MAX_MB * 1024 * 1024;

export const uploadForm = `<h2>Nhận tệp USB</h2>
<form method="post" action="${PATH}" enctype="multipart/form-data"><p><label>Tệp .somotcua từ USB của phường, xã: <input type="file" name="file" accept=".somotcua" required></label> <button>Nhận và tải tệp biên nhận</button></p>
<p>Chép tệp biên nhận tải về vào lại USB đó để phường, xã nhập vào máy. Nhận hai lần cũng không sao.</p></form>`;

export function receiveUploads(app: FastifyInstance, hub: Hub): void {
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  );
  app.route({
    method: 'POST',
    url: PATH,
    bodyLimit: MAX_BYTES,
    onRequest: async (request) => {
      if (!isHere(request)) fail('COURIER_CONSOLE_ONLY');
      if (Number(request.headers['content-length'] ?? 0) > MAX_BYTES)
        fail('COURIER_TOO_LARGE', { max: MAX_MB });
    },
    errorHandler: (error, request, reply) => {
      const tooLarge = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE';
      const problem = tooLarge ? new Problem('COURIER_TOO_LARGE', { max: MAX_MB }) : error;
      const { status, body, bug } = failureOf(problem, PATH);
      if (bug) request.log.error({ ref: bug.ref, ...placeOf(bug.error) }, 'failed');
      hub.metrics.refused(body.code);
      void reply.code(status).type('text/html; charset=utf-8').send(page(body.sentence, body.code));
    },
    handler: async (request, reply) => {
      const { name, bytes } = await fileOf(request);
      const { answer } = await importBundle(hub, () => once(bytes));
      const parts: Uint8Array[] = [];
      for await (const part of receiptsFile(hub, answer)) parts.push(part);
      return reply
        .type('application/octet-stream')
        .header('content-disposition', `attachment; filename="${answerName(name)}"`)
        .send(Buffer.concat(parts));
    },
  });
}

async function fileOf(
  request: FastifyRequest,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const type = String(request.headers['content-type']);
  const form = await new Response(request.body as Buffer<ArrayBuffer>, { headers: { 'content-type': type } })
    .formData()
    .catch(() => null);
  const file = form?.get('file');
  if (!(file instanceof File)) return fail('INPUT_INVALID', { where: PATH, detail: 'file' });
  const name = file.name.replace(/[^\w.-]/g, '_').slice(0, 80) || 'usb';
  return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function page(sentence: string, code: string): string {
  return pageOf(
    'Chưa nhận được tệp USB',
    `<p>${safe(sentence)}</p><p>Mã: ${code}</p><p><a href="/">Về trang theo dõi</a></p>`,
  );
}
