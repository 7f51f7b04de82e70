import { serve } from '../harness/serve.js';
import { BACKLOGS, dispatchMs } from './scheduling.js';

export interface SchedulingCommand {
  /** Of BACKLOGS. */
  readonly backlog: number;
}

export type SchedulingAnswer = { readonly ready: true } | { readonly dispatchMs: number };

const connectionString = process.env.DATABASE_URL as string;

serve<SchedulingCommand, SchedulingAnswer>({ ready: true }, async ({ backlog }) => {
  const waiting = BACKLOGS[backlog];
  if (waiting === undefined) throw new RangeError(`there is no backlog ${backlog}`);
  return { dispatchMs: await dispatchMs(connectionString, waiting) };
});
