/** Every text that a paper must show, block by block, as one reads it. */
import type { Block, Field, Part, SlipModel } from '../../shared/slip/model.ts';

const text = (part: Part): string => {
  if (typeof part === 'string') return part;
  if ('strong' in part) return part.strong;
  return 'code' in part ? part.code : '';
};
const fieldTexts = ({ label, parts }: Field) => [`${label}: `, ...parts.map(text)];

function blockTexts(block: Block): readonly string[] {
  switch (block.is) {
    case 'header':
      return [
        block.agency.toUpperCase(),
        block.desk.toUpperCase(),
        ...[...block.number, ...block.place].map(text),
      ];
    case 'title':
      return [
        ...block.lines,
        ...block.under,
        ...(block.code ? [...fieldTexts(block.code.line), block.code.note] : []),
      ];
    case 'fields':
      return block.fields.flatMap(fieldTexts);
    case 'paragraph':
      return block.parts.map(text);
    case 'list':
      return block.items;
    case 'table':
      return [
        ...block.columns.map((c) => c.title),
        ...block.rows.flatMap((row) => row.flatMap((cell) => [...cell.lines, ...(cell.sign ?? [])])),
        ...(block.closing ?? []).flatMap(blockTexts),
      ];
    case 'signatures':
      return block.signers.flatMap((s) => [s.role, s.how, s.name]);
    case 'notes':
      return block.lines;
  }
}

export const modelTexts = (model: SlipModel): readonly string[] =>
  model.copies.flatMap((copy) => copy.blocks.flatMap(blockTexts)).filter((line) => line.trim() !== '');

/** Where lines break is not compared: text without any white space. */
export const squeezed = (line: string): string => line.replace(/\s+/gu, '');
