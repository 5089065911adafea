/** The time of the session's clock (which may be a test clock), told twice a minute. */
import { useEffect, useState } from 'react';

const TELL_MS = 30_000;

/** `sessionNow`, as ms, and what has passed on this machine since it was read at `readAt` (ms), whenever one looks. */
export function sinceRead(sessionNow: string, readAt: number, machineNow: number): number {
  return Date.parse(sessionNow) + Math.max(0, machineNow - readAt);
}

/** A page opened hours after the session was read shows the hour of its opening. */
export function useNow(sessionNow: string, readAt: number): number {
  const [machineNow, setMachineNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setMachineNow(Date.now()), TELL_MS);
    return () => clearInterval(timer);
  }, []);
  return sinceRead(sessionNow, readAt, machineNow);
}
