/** The frame of the console's pages: no scripts, one style. */
import { units } from '../../shared/catalogue/units.ts';
import { STYLE } from './page-style.ts';

/** `body` is markup: whatever is not, goes through `safe`. */
export function pageOf(title: string, body: string): string {
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${safe(title)}</h1>
${body}</main></body></html>`;
}

/** The rows of a table's body, or one that says why there are none. */
export function bodyOf(rows: readonly string[], columns: number, none: string): string {
  const lines = rows.length > 0 ? rows : [`<tr><td colspan="${columns}">${safe(none)}</td></tr>`];
  return `<tbody>${lines.join('\n')}</tbody>`;
}

export function safe(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

export function unitName(code: string): string {
  return units.findLast((u) => u.code === code)?.name ?? code;
}
