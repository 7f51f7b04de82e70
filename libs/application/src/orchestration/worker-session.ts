/** Names of workers are ASCII: it can be in none of them. */
const SEPARATOR = '·';

/**
 * The name under which the queue keeps a worker's leases. A worker that is started anew, perhaps before the old
 * process has ended, is another holder: neither speaks for what the other one has. Workers that name no session
 * have one holder in all.
 */
export function holderOf(workerId: string, session: string | undefined): string {
  return session === undefined ? workerId : `${workerId}${SEPARATOR}${session}`;
}

/** The worker's own name. */
export function workerOf(holder: string): string {
  return holder.split(SEPARATOR, 1)[0] ?? holder;
}
