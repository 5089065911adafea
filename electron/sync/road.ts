/** The road to the city: straight or through an HTTP proxy, trusting the city's own certificates where it named some. */
import { type Dispatcher, EnvHttpProxyAgent } from 'undici';

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

export function roadTo({ ca, systemProxy }: Transport): Road {
  // The system store does not count beside the city's own certificates: whoever can add to it could read along.
  const tls = { minVersion: 'TLSv1.3' as const, ...(ca !== null && { ca }) };
  const { env } = process;
  const httpsProxy = env.HTTPS_PROXY ?? env.https_proxy ?? systemProxy ?? '';
  const noProxy = ['localhost', '127.0.0.1', '::1', env.NO_PROXY ?? env.no_proxy].filter(Boolean).join(',');
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
