/** Certificates of the city's own authority as a PEM file brings them. */
import { X509Certificate } from 'node:crypto';
import { fail } from '../../shared/problem.ts';

interface Authority {
  readonly name: string;
  /** ISO 8601. */
  readonly until: string;
}

/** One or more certificates; anything else fails with CITY_CA_INVALID. */
export function readCertificates(pem: string): readonly Authority[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) fail('CITY_CA_INVALID');
  return blocks.map(readOne);
}

function readOne(block: string): Authority {
  try {
    const { subject, validTo } = new X509Certificate(block);
    const name = /^(?:CN|O)=(.+)$/m.exec(subject)?.[1] ?? subject;
    return { name, until: new Date(validTo).toISOString() };
  } catch {
    return fail('CITY_CA_INVALID');
  }
}
