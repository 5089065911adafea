import type { Finding } from './figures.ts';
export async function benchSync(): Promise<Finding> { throw new Error('later'); }
