/** Counters of this process for `/metrics`, in the text form of Prometheus. Routes, codes and verdicts only: no personal data. */
import type { Verdict } from '../shared/domain/verdict.ts';

/** Upper edges of the duration classes, in seconds. */
const EDGES = [0.005, 0.02, 0.1, 0.5, 2, 10] as const;

export interface Metrics {
  /** A new batch with the verdicts of its new events. */
  batch(verdicts: readonly Verdict['kind'][]): void;
  refused(code: string): void;
  answered(route: string, status: number, ms: number): void;
  /** The page; `gauges` are read at this moment. */
  page(gauges: Readonly<Record<string, number>>): string;
}

export function newMetrics(): Metrics {
  const counters = new Map<string, number>();
  const add = (name: string, labels: Readonly<Record<string, string>>, by = 1) => {
    const inner = Object.entries(labels).map(([key, value]) => `${key}="${quoted(value)}"`);
    const key = inner.length > 0 ? `${name}{${inner.join(',')}}` : name;
    counters.set(key, (counters.get(key) ?? 0) + by);
  };
  add('smc_batches_total', {}, 0);
  return {
    batch(verdicts) {
      add('smc_batches_total', {});
      for (const verdict of verdicts) add('smc_events_total', { verdict });
    },
    refused: (code) => add('smc_refusals_total', { code }),
    answered(route, status, ms) {
      const seconds = ms / 1000;
      for (const edge of EDGES)
        add('smc_request_seconds_bucket', { route, le: String(edge) }, seconds <= edge ? 1 : 0);
      add('smc_request_seconds_bucket', { route, le: '+Inf' });
      add('smc_request_seconds_sum', { route }, seconds);
      add('smc_request_seconds_count', { route });
      add('smc_answers_total', { route, status: String(status) });
    },
    page: (gauges) => render(counters, gauges),
  };
}

const families: Readonly<Record<string, readonly [type: string, help: string]>> = {
  smc_batches_total: ['counter', 'Batches taken in.'],
  smc_events_total: ['counter', 'Events taken in, by their first verdict.'],
  smc_refusals_total: ['counter', 'Refused requests by problem code.'],
  smc_request_seconds: ['histogram', 'Duration of requests by route.'],
  smc_answers_total: ['counter', 'Answers by route and status.'],
};

function render(counters: ReadonlyMap<string, number>, gauges: Readonly<Record<string, number>>): string {
  const lines = Object.entries(families).flatMap(([family, [type, help]]) => {
    const own = [...counters].filter(([key]) => key.startsWith(family));
    return own.length === 0
      ? []
      : [`# HELP ${family} ${help}`, `# TYPE ${family} ${type}`, ...own.map(([key, n]) => `${key} ${n}`)];
  });
  const now = Object.entries(gauges).flatMap(([name, n]) => [`# TYPE ${name} gauge`, `${name} ${n}`]);
  return `${[...lines, ...now].join('\n')}\n`;
}

function quoted(value: string): string {
  return value.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`));
}
