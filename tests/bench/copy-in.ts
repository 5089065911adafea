/** COPY … FROM STDIN through the driver that the product has: one text in, the number of rows out. */
import type { Connection, Submittable } from 'pg';

/** What the driver's connection can do beyond its types. */
interface CopyConnection {
  query(text: string): void;
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
}

export class CopyIn implements Submittable {
  readonly done: Promise<void>;
  readonly #text: string;
  readonly #data: Uint8Array;
  #settle = { resolve: () => {}, reject: (_error: Error) => {} };

  constructor(text: string, data: Uint8Array) {
    this.#text = text;
    this.#data = data;
    this.done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
  }
  submit(connection: Connection): void {
    (connection as unknown as CopyConnection).query(this.#text);
  }
  handleCopyInResponse(connection: CopyConnection): void {
    connection.sendCopyFromChunk(this.#data);
    connection.endCopyFrom();
  }
  handleCommandComplete(): void {}
  handleReadyForQuery(): void {
    this.#settle.resolve();
  }
  handleError(error: Error): void {
    this.#settle.reject(error);
  }
}
