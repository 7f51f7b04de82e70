import type { Generation } from '../openapi.js';

const TERMINAL = ['succeeded', 'failed', 'cancelled', 'expired'] as const;

export type TerminalStatus = (typeof TERMINAL)[number];

/** The record of a generation that has ended. */
export type EndedGeneration = Generation & { readonly status: TerminalStatus };

export function isTerminal(status: string): status is TerminalStatus {
  return TERMINAL.some((each) => each === status);
}

export function hasEnded(record: Generation): record is EndedGeneration {
  return isTerminal(record.status);
}
