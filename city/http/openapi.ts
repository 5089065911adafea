/** GET /v1/openapi.json: written from the routes themselves, so it cannot lag behind them. */
import { z } from 'zod';
import product from '../../package.json' with { type: 'json' };
import { refusal } from '../../shared/contract/sync/messages.ts';
import { MEDIA } from '../../shared/contract/sync/version.ts';
import { type Endpoint, endpoint } from './endpoint.ts';

export function openapi(others: readonly Endpoint[]): Endpoint {
  const self: Endpoint = endpoint({
    method: 'GET',
    path: '/v1/openapi.json',
    summary: 'Mô tả này',
    who: 'anyone',
    query: z.looseObject({}),
    body: z.undefined(),
    reply: z.looseObject({}),
    mediaType: MEDIA.json,
    handle: async () => document,
  });
  const document = describe([...others, self]);
  return self;
}

function describe(endpoints: readonly Endpoint[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const e of endpoints) {
    const path = e.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [e.method.toLowerCase()]: operation(e) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Sổ Một Cửa – máy chủ Thành phố', version: product.version },
    paths,
    components: {
      schemas: { Refusal: schemaOf(refusal) },
      securitySchemes: {
        device: {
          type: 'apiKey',
          in: 'header',
          name: 'authorization',
          description: 'SMC <jws>: {device, challenge, method, path, body: SHA-256 | null}, Ed25519',
        },
        batch: {
          type: 'apiKey',
          in: 'header',
          name: 'smc-batch',
          description: 'JWS of the batch header, Ed25519',
        },
      },
    },
  };
}

function operation(e: Endpoint): object {
  const inPath = [...e.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(propertiesOf(e.query)).map(([name, schema]) => ({
    name,
    in: 'query',
    required: true,
    schema,
  }));
  return {
    summary: e.summary,
    parameters: [...inPath, ...inQuery],
    ...(e.who !== 'anyone' && { security: [{ [e.who]: [] }] }),
    ...(e.method !== 'GET' && { requestBody: { required: true, content: bodyContent(e) } }),
    responses: {
      200: { description: 'OK', content: { [e.mediaType]: { schema: replySchema(e) } } },
      default: {
        description: 'Refusal',
        content: { [MEDIA.json]: { schema: { $ref: '#/components/schemas/Refusal' } } },
      },
    },
  };
}

function bodyContent(e: Endpoint): object {
  return e.who === 'batch'
    ? { [MEDIA.batch]: { schema: { type: 'string', format: 'binary' } } }
    : e.bodyType
      ? { [e.bodyType]: { schema: { type: 'string', format: 'binary' } } }
      : { [MEDIA.json]: { schema: schemaOf(e.body) } };
}

function replySchema(e: Endpoint): Record<string, unknown> {
  return e.mediaType === MEDIA.file ? { type: 'string', format: 'binary' } : schemaOf(e.reply);
}

function schemaOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });
  return json;
}

function propertiesOf(schema: z.ZodType): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).catch({}).parse(schemaOf(schema)['properties']);
}
