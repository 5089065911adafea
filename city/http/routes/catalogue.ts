/** GET /v1/catalogue: which catalogue the city judges by, signed. */

import { z } from 'zod';
import { catalogue } from '../../../shared/catalogue/catalogue.ts';
import { type CatalogueReply, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { canonicalJson } from '../../../shared/lib/canonical-json.ts';
import { signAsCity } from '../../jws.ts';
import { sha256Hex } from '../../sha256.ts';
import { endpoint } from '../endpoint.ts';
import { noQuery } from '../no-query.ts';

const hash = sha256Hex(canonicalJson(catalogue));

export const catalogueRoute = endpoint({
  method: 'GET',
  path: '/v1/catalogue',
  summary: 'Phiên bản danh mục của Thành phố, có chữ ký',
  who: 'device',
  query: noQuery,
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { device }) => {
    const reply: CatalogueReply = { v: 1, device: device.id, version: catalogue.version, hash };
    return { jws: await signAsCity(hub.keys, TYP.catalogue, reply) };
  },
});
