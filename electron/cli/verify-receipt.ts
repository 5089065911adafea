/** `npm run verify-receipt -- FILE [--key KEY.json] [--qr TEXT]`: checks a receipt against the city's public key. Exit 0 good, 1 not. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { publicJwk, receipt } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { verify } from '../sync/jws.ts';
import { deskKey } from './desk-folder.ts';

const HELP = `npm run verify-receipt -- FILE [--key KEY.json] [--qr TEXT]
Checks a city receipt (.jws) offline. The key is KEY.json, or city-receipt-key.json beside FILE,
or the key that the desk in SMC_DATA_DIR pinned when it enrolled.
--qr: what a telephone reads from the square on the printed page; the file must be the very receipt that was printed.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string' }, qr: { type: 'string' }, help: { type: 'boolean' } },
  });
  const file = positionals[0];
  if (values.help || !file) {
    console.log(HELP);
    return values.help ? 0 : 1;
  }
  const jws = readFileSync(file, 'utf8').trim();
  const beside = path.join(path.dirname(file), 'city-receipt-key.json');
  const keyFile = values.key ?? (existsSync(beside) ? beside : null);
  const key = keyFile ? publicJwk.parse(JSON.parse(readFileSync(keyFile, 'utf8'))) : await deskKey();
  if (!key) {
    console.error('Không có khoá công khai của Thành phố: dùng --key KEY.json hoặc đặt SMC_DATA_DIR.');
    return 1;
  }
  try {
    const content = await verify(jws, {
      typ: TYP.receipt,
      key,
      schema: receipt,
      otherwise: 'CITY_SIGNATURE',
    });
    const hash = createHash('sha256').update(jws).digest('hex');
    if (values.qr !== undefined && !isPrinted(values.qr, { batch: content.batch, hash })) {
      console.error('Chữ ký đúng, nhưng ô vuông trên giấy KHÔNG phải của tệp này.');
      return 1;
    }
    const count = (...kinds: string[]) => content.verdicts.filter((v) => kinds.includes(v.kind)).length;
    console.log(`Biên nhận đúng chữ ký của Thành phố.
  lúc         ${content.at}
  máy         ${content.device}
  thay đổi    ${content.from}-${content.to} (được nhận ${count('accepted', 'merged')}, bị trả ${count('rejected', 'conflict')}, giữ lại ${count('held')})
  mã lô       ${content.batch}
  mã kiểm tra ${hash}${values.qr === undefined ? '' : ' (khớp ô vuông trên giấy)'}`);
    return 0;
  } catch {
    console.error('Biên nhận KHÔNG đúng chữ ký của Thành phố.');
    return 1;
  }
}

/** `SMC-BN <short number> <SHA-256 of the file>`, as the page prints it. */
function isPrinted(qr: string, { batch, hash }: { readonly batch: string; readonly hash: string }): boolean {
  const [mark, number = '', told = ''] = qr.trim().toLowerCase().split(/\s+/);
  return mark === 'smc-bn' && number !== '' && batch.startsWith(number) && told === hash;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : 'lỗi');
  return 1;
});
