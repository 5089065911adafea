/** Ways in which the answer to a person's request leaves the book. */
export const exportKinds = ['paper', 'pdf', 'json'] as const;
