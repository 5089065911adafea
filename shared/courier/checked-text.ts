/** A small file of one record with its own hash: half written or bent is told apart from wrong. */
import { z } from 'zod';

type Sha256 = (text: string) => string;

export function checkedText(body: object, sha256: Sha256): string {
  return `${JSON.stringify({ body, check: sha256(JSON.stringify(body)) })}\n`;
}

/** Null where the text is not whole, or not of this shape. */
export function readChecked<S extends z.ZodType>(
  text: string,
  schema: S,
  sha256: Sha256,
): z.output<S> | null {
  try {
    const { body, check } = z.strictObject({ body: z.unknown(), check: z.string() }).parse(JSON.parse(text));
    return sha256(JSON.stringify(body)) === check ? (schema.safeParse(body).data ?? null) : null;
  } catch {
    return null;
  }
}
