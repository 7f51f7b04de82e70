import { createHash } from 'node:crypto';

/**
 * How many of an endpoint's places one of several processes has: all have alike, and what does not divide goes to
 * those that rank first for that endpoint (rendezvous hashing: Thaler and Ravishankar, 1998). The shares of all
 * together are the places, and whoever joins or leaves the others changes them in one direction only: one process
 * more makes no share larger, one less makes none smaller.
 * @param processes ids of all of them, that one included
 */
export function shareOf(
  process: string,
  processes: readonly string[],
  endpointId: string,
  places: number,
): number {
  const remainder = places % processes.length;
  const share = Math.floor(places / processes.length);
  if (remainder === 0) return share;
  const own = rank(endpointId, process);
  const before = processes.filter((other) => rank(endpointId, other) < own).length;
  return before < remainder ? share + 1 : share;
}

const rank = (endpointId: string, process: string) =>
  createHash('sha256').update(`${endpointId} ${process}`).digest('base64');
