import {
  type EventStore,
  newId,
  type OperatorRunOrder,
  OperatorRunRecord,
  systemClock,
} from '@imprest/application';
import { InvalidArgumentError, Option } from 'commander';
import type { Engines } from '../engines.js';
import { operatorAtTerminal } from '../ledger/operator-at-terminal.js';
import type { Terminal } from './terminal.js';

export interface Reasoned {
  /** Why, for the record. */
  readonly reason?: string | null;
}

function said(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('it must say why.');
  return text;
}

export const reasonOption = () => new Option('--reason <text>', 'goes on record').argParser(said);

export type OnRecord = <Result>(
  order: OperatorRunOrder,
  work: () => Promise<Result>,
  resultOf: (result: Result) => string | null,
) => Promise<Result>;

/** Has what is done at this terminal on record before it begins and when it has ended, as the API does. */
export function onRecord(terminal: Terminal, engines: Engines, store: EventStore): OnRecord {
  const record = new OperatorRunRecord(engines.runner(store));
  return (order, work, resultOf) => {
    const id = newId('run', systemClock.now().getTime());
    const { signal } = terminal;
    return record.during({ id, order, context: operatorAtTerminal(), signal }, work, resultOf);
  };
}
