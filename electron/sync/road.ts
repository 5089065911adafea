/** The road to the city: straight or through an HTTP proxy, trusting the city's own certificates where it named some. */
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';
import type { SyncRoad } from '../../shared/contract/ipc/sync.ts';
import { fail } from '../../shared/problem.ts';

export interface Transport {
  /** PEM. Null: the authorities that Node trusts. */
  readonly ca: string | null;
  /** Proxy of the operating system, as a URL; HTTPS_PROXY and NO_PROXY of the environment come first. */
  readonly systemProxy: string | null;
}
export interface Road {
  readonly dispatcher: Dispatcher;
  close(): void;
}

interface ProxyChoice {
  readonly url: string;
  readonly from: 'environment' | 'system';
}
const THIS_MACHINE = ['localhost', '127.0.0.1', '::1'];
const PROXY_SCHEMES = ['http:', 'https:', 'socks5:', 'socks:'];

function chosenProxy(systemProxy: string | null): ProxyChoice | null {
  const { env } = process;
  const named = env.HTTPS_PROXY ?? env.https_proxy;
  if (named !== undefined) return named === '' ? null : { url: named, from: 'environment' };
  return systemProxy === null ? null : { url: systemProxy, from: 'system' };
}

function exceptions(): readonly string[] {
  const { env } = process;
  return (env.NO_PROXY ?? env.no_proxy ?? '').split(/[,\s]+/).filter((host) => host !== '');
}

/** A frequent slip of the pen is "proxy:3128" without "http://". */
function readProxy(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && url.hostname !== '' && PROXY_SCHEMES.includes(url.protocol) ? url : fail('PROXY_INVALID');
}

/** The road as the settings show it: without the name and the password that the proxy may want. */
export function roadFacts(cityUrl: string, systemProxy: string | null): Pick<SyncRoad, 'proxy' | 'except'> {
  const chosen = cityUrl.startsWith('http:') ? null : chosenProxy(systemProxy);
  if (!chosen) return { proxy: null, except: [] };
  const { protocol, host } = readProxy(chosen.url);
  return { proxy: { address: `${protocol}//${host}`, from: chosen.from }, except: [...exceptions()] };
}

export function roadTo({ ca, systemProxy }: Transport): Road {
  // The system store does not count beside the city's own certificates: whoever can add to it could read along.
  const tls = { minVersion: 'TLSv1.3' as const, ...(ca !== null && { ca }) };
  const chosen = chosenProxy(systemProxy);
  const httpsProxy = chosen ? readProxy(chosen.url).href : '';
  const noProxy = [...THIS_MACHINE, ...exceptions()].join(',');
  // Plain http goes to this very machine only, never through a proxy.
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy: '',
    httpsProxy,
    noProxy,
    connect: tls,
    requestTls: tls,
  });
  return { dispatcher, close: () => void dispatcher.destroy() };
}
