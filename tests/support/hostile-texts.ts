/** Texts that somebody types, pastes or sends to break what shows them: markup, formulas, paths, templates, odd Unicode. */
const MARKUP = [
  '<script>pwned=1</script>',
  '<img src=x onerror=pwned=1>',
  '<svg onload=pwned=1>',
  '"><img src=x onerror=pwned=1>',
  "' onmouseover='pwned=1",
  '</title><script>pwned=1</script>',
  '</textarea><svg/onload=pwned=1>',
  '<iframe srcdoc="<script>parent.pwned=1</script>">',
  '<a href="javascript:pwned=1">Lan</a>',
  '<style>@import "http://127.0.0.1:9/x"</style>',
  '<link rel=stylesheet href=http://127.0.0.1:9/x>',
  '<meta http-equiv=refresh content="0;url=http://127.0.0.1:9/">',
  '<base href="http://127.0.0.1:9/">',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=pwned=1>',
  '<details open ontoggle=pwned=1>',
  '&lt;script&gt;pwned=1&lt;/script&gt;',
  '<!--<img src="--><img src=x onerror=pwned=1>',
  '<![CDATA[<img src=x onerror=pwned=1>]]>',
];
const FORMULAS = [
  '=1+1',
  '=cmd|"/c calc"!A0',
  '+SUM(1;1)',
  '-2+3',
  '@SUM(A1)',
  '=HYPERLINK("http://127.0.0.1:9","x")',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1+1',
  '＠SUM(A1)',
];
const PATHS = [
  '../../etc/passwd',
  '..\\..\\windows\\win.ini',
  '/dev/null',
  'CON',
  'NUL.txt',
  'a/b:c*d?e"f<g>h|i',
  'file:///etc/passwd',
  '%2e%2e%2f',
  '~root',
  '.',
];
// biome-ignore-start lint/suspicious/noTemplateCurlyInString: a placeholder of a template is what they are
const TEMPLATES = [
  '{{7*7}}',
  '${7*7}',
  '<%= 7*7 %>',
  '#{7*7}',
  '%s%n%x',
  '$(id)',
  '`id`',
  '; ls',
  "'; DROP TABLE event;--",
  '" OR "1"="1',
  '{name}',
  '__proto__',
  'constructor',
  'toString',
];
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
const UNICODE = [
  'Lan\u202Enal',
  'Lan\u200Bthị',
  '\uFEFFLan',
  'Lan\u0000thị',
  'Lan\u2028thị',
  'L\u0301\u0302\u0303\u0304\u0305\u0306a',
  'Ｌａｎ',
  '👩‍👩‍👧‍👦',
  'ﷺ'.repeat(20),
  'ế'.normalize('NFD').repeat(40),
  'İı',
];
const PLAIN = [...MARKUP, ...FORMULAS, ...PATHS, ...TEMPLATES, ...UNICODE];
const WRAPPED: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `Lê ${text}`,
  (text) => `${text} Thị Lan`,
  (text) => ` ${text} `,
  (text) => text.toUpperCase(),
  (text) => text.normalize('NFD'),
  (text) => text.replaceAll(' ', '\u00A0'),
  (text) => `${text}${text}`,
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) => `"${text}"`,
  (text) => `'${text}'`,
  (text) => `\\${text}`,
  (text) => `${text};`,
  (text) => `${text}\u0301`,
  (text) => JSON.stringify(text),
  (text) => `Trần Thị ${text} Ngọc`,
  (text) => `(${text})`,
  (text) => `${text}?x=${text}`,
  (text) => `<b>${text}</b>`,
  (text) => `[${text}](${text})`,
  (text) => [...text].join('\u200D'),
];

/** As long as a field may be: longer ones are refused by length and never shown. */
const LONGEST = 300;

/** More than 1,000 of them, each once. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...new Set(WRAPPED.flatMap((wrap) => PLAIN.map((text) => wrap(text)))),
].filter((text) => text.length <= LONGEST);
