/** The time of the session's clock (which may be a test clock), told twice a minute. */
import { useEffect, useState } from 'react';

const TELL_MS = 30_000;

export function useNow(sessionNow: string): number {
  const [start] = useState(() => Date.now());
  const [now, setNow] = useState(start);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TELL_MS);
    return () => clearInterval(timer);
  }, []);
  return Date.parse(sessionNow) + (now - start);
}
