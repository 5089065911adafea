/** Time and ids, given from outside so that tests can hold them still. */
export interface Clock {
  /** Wall clock, epoch ms. */
  now(): number;
  /** Monotonic ms since `boot`. */
  mono(): number;
  /** Names this run of the machine's clock: order inside a boot never depends on the wall clock. */
  readonly boot: string;
}

export interface Ids {
  uuid(): string;
}
