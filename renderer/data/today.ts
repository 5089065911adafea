/** The clerk's desk of today. */
import { useQuery } from '@tanstack/react-query';
import { invoke } from '../ipc.ts';

export function useToday() {
  return useQuery({ queryKey: ['today'], queryFn: () => invoke('today.get', {}) });
}
