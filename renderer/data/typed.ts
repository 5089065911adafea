/** What is half typed: shown at once, kept on this machine with every letter, so that a closed window loses nothing. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { invoke } from '../ipc.ts';

type Values = Readonly<Record<string, string>>;

interface Typed {
  /** Undefined until it was read. */
  readonly values: Values | undefined;
  readonly set: (values: Values) => void;
  /** What was typed is written: nothing of it is half done any more. */
  readonly clear: () => void;
  /** Why it could not be kept. */
  readonly error: Error | null;
}

export function useTyped(about: string): Typed {
  const client = useQueryClient();
  const key = ['typed', about] as const;
  const read = useQuery({ queryKey: key, queryFn: () => invoke('typed.get', { about }) });
  const save = useMutation({ mutationFn: (values: Values) => invoke('typed.save', { about, values }) });
  const set = (values: Values) => {
    client.setQueryData(key, values);
    save.mutate(values);
  };
  return { values: read.data, set, clear: () => set({}), error: read.error ?? save.error };
}
