/** The blocks of a paper, drawn one by one; sizes and breaks are in print.css. */
import type { Block, Cell, Column, Field, Part, Signer } from '../../../shared/slip/model.ts';
import { words } from '../../../shared/slip/words.ts';
import { BarCode, QrCode } from './code-marks.tsx';

type Of<K extends Block['is']> = Extract<Block, { is: K }>;

/** One dot is about as wide as this share of a letter: a blank is given in letters. */
const BLANK_EM = 0.5;

function Parts({ parts }: { readonly parts: readonly Part[] }) {
  return parts.map((part, i) => {
    if (typeof part === 'string') return part;
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never change places
    if ('strong' in part) return <b key={i}>{part.strong}</b>;
    if ('code' in part)
      return (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never change places
        <b key={i} className="slip-whole">
          {part.code}
        </b>
      );
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never change places
    return <span key={i} className="slip-gap" style={{ width: `${part.blank * BLANK_EM}em` }} />;
  });
}

function FieldLine({ label, parts }: Field) {
  return (
    <p className={parts.length === 0 ? 'slip-field open' : 'slip-field'}>
      <span>{label}: </span>
      {parts.length === 0 ? <i className="slip-dots" /> : <Parts parts={parts} />}
    </p>
  );
}

function Header({ agency, desk, number, place }: Of<'header'>) {
  return (
    <div className="slip-header">
      <div>
        <p className="slip-agency">{agency.toUpperCase()}</p>
        <p className="slip-desk">{desk.toUpperCase()}</p>
        {number.length > 0 && (
          <p className="slip-number">
            <Parts parts={number} />
          </p>
        )}
      </div>
      <div>
        <p className="slip-state">{words.state}</p>
        <p className="slip-motto">{words.motto}</p>
        <p className="slip-place">
          <Parts parts={place} />
        </p>
      </div>
    </div>
  );
}

function Title({ lines, under, code }: Of<'title'>) {
  const remarks = under.map((text) => (
    <p key={text} className="slip-under">
      {text}
    </p>
  ));
  return (
    <div className="slip-title">
      {lines.map((text) => (
        <h1 key={text}>{text}</h1>
      ))}
      {code ? (
        <div className="slip-code">
          <div>
            {remarks}
            <FieldLine {...code.line} />
            {code.note && <p className="slip-under">{code.note}</p>}
            {!code.square && <BarCode text={code.text} />}
          </div>
          <QrCode text={code.text} />
        </div>
      ) : (
        remarks
      )}
    </div>
  );
}

function List({ items, blanks, look }: Of<'list'>) {
  if (items.length === 0)
    return Array.from({ length: blanks }, (_, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: dotted lines are all alike
      <p key={i} className="slip-field open item">
        <i className="slip-dots" />
      </p>
    ));
  return (
    <ol className={look ? `slip-list ${look}` : 'slip-list'}>
      {items.map((text, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same words may stand twice in a list
        <li key={i}>{text}</li>
      ))}
    </ol>
  );
}

function TableCell({ cell, column }: { readonly cell: Cell; readonly column: Column | undefined }) {
  return (
    <td className={column?.centred ? 'centred' : undefined}>
      {cell.lines.map((text, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a cell never change places
        <p key={i}>{text}</p>
      ))}
      {cell.sign && (
        <div className="slip-cell-sign">
          {cell.sign.map((who) => (
            <p key={who}>{who}</p>
          ))}
        </div>
      )}
    </td>
  );
}

function Row({ cells, columns }: { readonly cells: readonly Cell[]; readonly columns: readonly Column[] }) {
  return (
    <tr>
      {cells.map((cell, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a printed cell is known by its place alone
        <TableCell key={i} cell={cell} column={columns[i]} />
      ))}
    </tr>
  );
}

/** The last row in a body of its own, together with what closes the table. */
function LastRow({
  cells,
  columns,
  closing,
}: {
  readonly cells: readonly Cell[] | undefined;
  readonly columns: readonly Column[];
  readonly closing: readonly Block[];
}) {
  return (
    <tbody className="slip-last">
      {cells && <Row cells={cells} columns={columns} />}
      <tr>
        <td colSpan={columns.length} className="slip-closing">
          {closing.map((block, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a paper never change places
            <BlockView key={i} block={block} />
          ))}
        </td>
      </tr>
    </tbody>
  );
}

function Table({ columns, rows, numberedColumns = false, closing }: Of<'table'>) {
  const body = closing ? rows.slice(0, -1) : rows;
  return (
    <table className={numberedColumns ? 'slip-table narrow' : 'slip-table'}>
      <colgroup>
        {columns.map((column) => (
          <col key={column.title} style={{ width: `${column.width}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title}>{column.title}</th>
          ))}
        </tr>
        {numberedColumns && (
          <tr className="slip-column-numbers">
            {columns.map((column, i) => (
              <th key={column.title}>({i + 1})</th>
            ))}
          </tr>
        )}
      </thead>
      <tbody>
        {body.map((cells, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a printed row is known by its place alone
          <Row key={i} cells={cells} columns={columns} />
        ))}
      </tbody>
      {closing && <LastRow cells={rows.at(-1)} columns={columns} closing={closing} />}
    </table>
  );
}

function Signatures({ signers }: { readonly signers: readonly Signer[] }) {
  return (
    <div className={signers.length === 1 ? 'slip-sign one' : 'slip-sign'}>
      {signers.map((signer) => (
        <div key={signer.role}>
          <p className="slip-role">{signer.role}</p>
          <p className="slip-how">{signer.how}</p>
          <p className="slip-name">{signer.name}</p>
        </div>
      ))}
    </div>
  );
}

function Notes({ lines }: Of<'notes'>) {
  return (
    <div className="slip-notes">
      <p>{words.notes}:</p>
      {lines.map((text) => (
        <p key={text}>- {text}</p>
      ))}
    </div>
  );
}

export function BlockView({ block }: { readonly block: Block }) {
  switch (block.is) {
    case 'header':
      return <Header {...block} />;
    case 'title':
      return <Title {...block} />;
    case 'fields':
      return (
        <div className="slip-fields">
          {block.fields.map((field) => (
            <FieldLine key={field.label} {...field} />
          ))}
        </div>
      );
    case 'paragraph':
      return (
        <p className={block.look ? `slip-paragraph ${block.look}` : 'slip-paragraph'}>
          <Parts parts={block.parts} />
        </p>
      );
    case 'list':
      return <List {...block} />;
    case 'table':
      return <Table {...block} />;
    case 'signatures':
      return <Signatures signers={block.signers} />;
    case 'notes':
      return <Notes {...block} />;
  }
}
