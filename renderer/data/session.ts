/** Who and where: the session, enrolment, communes, verification of the data. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import type { Session } from '../../shared/contract/ipc/session.ts';
import { type EventVerb, mayDo } from '../../shared/domain/verbs.ts';
import { type LocalDate, type LocalTime, localTime } from '../../shared/lib/local-date.ts';
import { invoke } from '../ipc.ts';
import { useNow } from '../ui/use-now.ts';

const sessionKeys = {
  session: ['session'] as const,
  communes: (on: LocalDate) => ['session', 'communes', on] as const,
};

export function useSessionQuery() {
  return useQuery({ queryKey: sessionKeys.session, queryFn: () => invoke('session.get', {}) });
}

/** The session inside the shell, which is drawn only once it is there. */
export function useSession(): Session {
  const { data } = useSessionQuery();
  if (!data) throw new Error('session is read before the shell is drawn');
  return data;
}

/** What the person at this machine may record now: by the role, and nothing where the data is only read. */
export function useMay(): (verb: EventVerb) => boolean {
  const { actor, readOnly } = useSession();
  return (verb) => actor !== null && readOnly === null && mayDo(actor.role, verb);
}

/** Day and hour in Vietnam by the session's clock, going on. */
export function useSessionTime(): LocalTime {
  const { data, dataUpdatedAt } = useSessionQuery();
  if (!data) throw new Error('session is read before the shell is drawn');
  return localTime(useNow(data.now, dataUpdatedAt));
}

export function useEnrol() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<'device.enrol'>) => invoke('device.enrol', input),
    onSuccess: (session) => client.setQueryData(sessionKeys.session, session),
  });
}

export function useBeginAnew() {
  return useMutation({ mutationFn: () => invoke('machine.begin-anew', {}) });
}

export function useCommunes(on: LocalDate) {
  return useQuery({ queryKey: sessionKeys.communes(on), queryFn: () => invoke('office.communes', { on }) });
}

export function useVerify() {
  return useMutation({ mutationFn: () => invoke('data.verify', {}) });
}

/** Reads the session again, as after midnight. */
export function useReadSession(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: sessionKeys.session });
}
