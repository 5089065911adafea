/** GET /v1/problems: every code that this hub can answer with, its status and its sentence. */
import { z } from 'zod';
import { MEDIA } from '../../../shared/contract/sync/version.ts';
import { problemCodes, problemSentence, problemStatus } from '../../../shared/problem.ts';
import { endpoint } from '../endpoint.ts';

const catalogue = z.array(z.strictObject({ code: z.string(), status: z.int(), sentence: z.string() }));

export const problems = endpoint({
  method: 'GET',
  path: '/v1/problems',
  summary: 'Danh mục mã lỗi',
  who: 'anyone',
  query: z.looseObject({}),
  body: z.undefined(),
  reply: catalogue,
  mediaType: MEDIA.json,
  handle: async () =>
    problemCodes.map((code) => ({
      code,
      status: problemStatus(code),
      sentence: problemSentence(code),
    })) satisfies z.infer<typeof catalogue>,
});
