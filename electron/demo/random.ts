/** Seeded random numbers (sfc32): the same seed gives the same people on every machine. For synthetic data only, never for keys. */
export interface Random {
  unit(): number;
  /** Whole number from lo to hi, both included. */
  int(lo: number, hi: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  weighted<T>(from: readonly { readonly value: T; readonly weight: number }[]): T;
  chance(p: number): boolean;
}

export function seeded(seed: number, index: number): Random {
  let [a, b, c, d] = [mix(seed ^ 0x9e3779b9), mix(index ^ 0x85ebca6b), mix(seed ^ index ^ 0xc2b2ae35), 1];
  const next = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  const unit = () => next() / 4_294_967_296;
  const int = (lo: number, hi: number) => lo + Math.floor(unit() * (hi - lo + 1));
  return {
    unit,
    int,
    chance: (p) => unit() < p,
    pick: (from) => from[int(0, from.length - 1)] ?? from[0],
    weighted(from) {
      let left = unit() * from.reduce((sum, o) => sum + o.weight, 0);
      for (const option of from) {
        left -= option.weight;
        if (left < 0) return option.value;
      }
      throw new Error('no options');
    },
  };
}

function mix(value: number): number {
  let a = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  a = Math.imul(a ^ (a >>> 15), 0x735a2d97);
  return (a ^ (a >>> 15)) >>> 0;
}
