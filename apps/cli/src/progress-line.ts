import type { RebuildProgress } from '@imprest/read-models';

const count = new Intl.NumberFormat('en');

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return 'unknown';
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** `1,200,000 events, 61 %, 180,000/s, 4 s left` */
export function progressLine(progress: RebuildProgress): string {
  const { events, position, head, eventsPerSecond, etaSeconds } = progress;
  const percent = head === 0n ? 100 : Number((position * 100n) / head);
  const rate = count.format(Math.round(eventsPerSecond));
  return `${count.format(events)} events, ${percent} %, ${rate}/s, ${duration(etaSeconds)} left`;
}

/** Shows progress in place on a terminal, and line by line where output is kept. */
export function showProgress(progress: RebuildProgress): void {
  const line = progressLine(progress);
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`);
  else process.stderr.write(`${line}\n`);
}

export function endProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\n');
}
