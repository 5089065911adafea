/** Reads written Word and Excel files from their XML alone (ECMA-376), without the libraries that wrote them. */
import { unzipped } from './unzip.ts';

export interface ReadCell {
  readonly value: string | number;
  readonly kind: 'text' | 'number';
  readonly format: string;
  readonly bold: boolean;
}
export interface ReadSheet {
  readonly name: string;
  readonly xml: string;
  /** By reference, "A1". */
  readonly cells: ReadonlyMap<string, ReadCell>;
  readonly merges: readonly string[];
}

const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const decoded = (text: string) =>
  text.replace(/&(#x?[0-9A-Fa-f]+|\w+);/g, (whole, name: string) =>
    name.startsWith('#')
      ? String.fromCodePoint(Number(name.replace(/^#x?/, (m) => (m === '#x' ? '0x' : ''))))
      : (ENTITIES[name] ?? whole),
  );
const textsIn = (xml: string, tag: string) =>
  [...xml.matchAll(new RegExp(`<${tag}(?: [^>]*)?>([^<]*)</${tag}>`, 'g'))].map((m) => decoded(m[1] ?? ''));

/** Throws where a tag is not closed in order, or a character may not stand in XML. */
export function wellFormed(xml: string): string {
  const open: string[] = [];
  for (const [tag, slash, name, empty] of xml.matchAll(/<(\/?)([\w:]+)(?:"[^"]*"|[^>"])*?(\/?)>/g)) {
    if (empty) continue;
    if (!slash) open.push(name ?? '');
    else if (open.pop() !== name) throw new Error(`not closed in order: ${tag}`);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0, 2.2 names exactly these
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u.test(xml))
    throw new Error('a character that XML does not allow');
  return xml;
}

export function readSheets(bytes: Uint8Array): ReadSheet[] {
  const part = (name: string) => wellFormed(unzipped(bytes, `xl/${name}`));
  const shared = [...part('sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map((m) =>
    textsIn(m[1] ?? '', 't').join(''),
  );
  const looks = readLooks(part('styles.xml'));
  return [...part('workbook.xml').matchAll(/<sheet [^>]*>/g)].map(([tag], i) => {
    const xml = part(`worksheets/sheet${i + 1}.xml`);
    const cells = new Map<string, ReadCell>();
    for (const [, head = '', body = ''] of xml.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
      if (body.includes('<f')) throw new Error(`a formula in ${head}`);
      const raw = /<v>(.*?)<\/v>/s.exec(body)?.[1];
      if (raw === undefined) continue;
      const kind = attribute(head, 't') === 's' ? 'text' : 'number';
      const value = kind === 'text' ? (shared[Number(raw)] ?? '') : Number(raw);
      const look = looks[Number(attribute(head, 's') ?? 0)] ?? { format: '', bold: false };
      cells.set(attribute(head, 'r') ?? '', { value, kind, ...look });
    }
    const merges = [...xml.matchAll(/<mergeCell ref="([^"]+)"/g)].map((m) => m[1] ?? '');
    return { name: decoded(attribute(tag, 'name') ?? ''), xml, cells, merges };
  });
}

const BUILT_IN: Readonly<Record<string, string>> = {
  '0': 'General',
  '3': '#,##0',
  '10': '0.00%',
  '49': '@',
};
function readLooks(styles: string): { format: string; bold: boolean }[] {
  const own = new Map(
    [...styles.matchAll(/<numFmt [^>]*>/g)].map(([tag]) => [
      attribute(tag, 'numFmtId') ?? '',
      decoded(attribute(tag, 'formatCode') ?? ''),
    ]),
  );
  const fonts = [
    ...(/<fonts.*?<\/fonts>/s.exec(styles)?.[0] ?? '').matchAll(/<font>(.*?)<\/font>|<font\/>/gs),
  ].map((m) => (m[1] ?? '').includes('<b/>'));
  const formats = /<cellXfs.*?<\/cellXfs>/s.exec(styles)?.[0] ?? '';
  return [...formats.matchAll(/<xf [^>]*>/g)].map(([tag]) => {
    const id = attribute(tag, 'numFmtId') ?? '0';
    return {
      format: own.get(id) ?? BUILT_IN[id] ?? id,
      bold: fonts[Number(attribute(tag, 'fontId') ?? 0)] ?? false,
    };
  });
}

export interface WordCell {
  readonly text: string;
  readonly columns: number;
  /** Goes on from the cell above. */
  readonly continued: boolean;
  readonly bold: boolean;
}
export interface WordRow {
  readonly heading: boolean;
  readonly cells: readonly WordCell[];
}
export interface WordText {
  readonly xml: string;
  /** Each line that stands in no table. */
  readonly lines: readonly string[];
  readonly tables: readonly (readonly WordRow[])[];
}

export function readWord(bytes: Uint8Array): WordText {
  const xml = wellFormed(unzipped(bytes, 'word/document.xml'));
  const tables = [...xml.matchAll(/<w:tbl>.*?<\/w:tbl>/gs)].map(([table]) =>
    [...table.matchAll(/<w:tr>(.*?)<\/w:tr>/gs)].map(([, row = '']) => ({
      heading: row.includes('<w:tblHeader'),
      cells: [...row.matchAll(/<w:tc>(.*?)<\/w:tc>/gs)].map(([, cell = '']) => ({
        text: textsIn(cell, 'w:t').join(''),
        columns: Number(/<w:gridSpan w:val="(\d+)"/.exec(cell)?.[1] ?? 1),
        continued: cell.includes('<w:vMerge w:val="continue"'),
        bold: cell.includes('<w:b/>'),
      })),
    })),
  );
  const outside = xml.replace(/<w:tbl>.*?<\/w:tbl>/gs, '');
  const lines = [...outside.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, p = '']) => textsIn(p, 'w:t').join(''));
  return { xml, lines, tables };
}
