/** The style of the console page, and the policy that allows this style and nothing else. */
import { createHash } from 'node:crypto';

export const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;color:#1b1f24;background:#fff}main{max-width:64rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.15rem;margin:1.5rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}input,button{font:inherit}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#57606a}dd{margin:0;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600;padding:.5rem 0}th,td{border:1px solid #d0d7de;padding:.35rem .6rem;text-align:left}td:nth-child(n+3){font-variant-numeric:tabular-nums}`;

const hash = createHash('sha256').update(STYLE).digest('base64');
export const POLICY = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;
