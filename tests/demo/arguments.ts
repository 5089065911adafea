/** Arguments of `npm run demo` and where it works. */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isLocalDate } from '../../shared/lib/local-date.ts';

export const HELP = `npm run demo -- [--counts FILE.csv] [--as-of YYYY-MM-DD] [--dossiers N] [--seed S] [--out DIR]

The main job, headless, through the real app and a real embedded hub: imports a count table, takes in N dossiers,
cuts the network, goes on, reconnects, sends, and compares desk, exports and hub. On the city's own table it then
reproduces the tables of its reports: a. the annex, b. progress of June 2024 against targets, c. the two linked
procedures from 11/8 to 10/9/2023 (1.494 invented dossiers), and compares every printed figure with desk, csv and xlsx.
  --counts    columns unit_code,unit_name,category_code,count (default: the city's table of 19/09/2023)
  --as-of     the table's date (default 2023-09-19)
  --dossiers  how many invented dossiers (default 20)   --seed  their seed (default 1)
  --out       report.json, receipts/*.jws, annex.* and table-{a,b,c}.* as xlsx, pdf, docx, csv, screens/*.png (default out/demo)
SMC_DATA_DIR and SMC_CITY_DATA_DIR say where desk and hub keep their data (else temporary folders, left for inspection).`;

export interface DemoPlan {
  readonly counts: string;
  readonly asOf: string;
  readonly dossiers: number;
  readonly seed: number;
  readonly out: string;
  readonly deskDir: string;
  readonly cityDir: string;
  /** The city's tables a, b and c, on its own figures. */
  readonly tables: boolean;
}

const CITY_TABLE = path.resolve(import.meta.dirname, '../fixtures/seeds-ngoai-nganh-2023-09-19.csv');

const CITY_DAY = '2023-09-19';

/** Null where only help was asked for. */
export function readPlan(args: readonly string[]): DemoPlan | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      counts: { type: 'string', default: CITY_TABLE },
      'as-of': { type: 'string', default: CITY_DAY },
      dossiers: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      out: { type: 'string', default: 'out/demo' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  if (!isLocalDate(values['as-of'])) throw new Error('--as-of: YYYY-MM-DD');
  return {
    counts: path.resolve(values.counts),
    tables: path.resolve(values.counts) === CITY_TABLE && values['as-of'] === CITY_DAY,
    asOf: values['as-of'],
    dossiers: wholeNumber('--dossiers', values.dossiers),
    seed: wholeNumber('--seed', values.seed),
    out: path.resolve(values.out),
    deskDir: folder(process.env.SMC_DATA_DIR, 'desk'),
    cityDir: folder(process.env.SMC_CITY_DATA_DIR, 'city'),
  };
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new Error(`${name}: a whole number`);
  return Number(text);
}

function folder(given: string | undefined, name: string): string {
  if (!given) return mkdtempSync(path.join(tmpdir(), `so-mot-cua-demo-${name}-`));
  mkdirSync(given, { recursive: true });
  return path.resolve(given);
}
