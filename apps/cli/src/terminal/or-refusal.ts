import { DomainFailure } from '@imprest/application';
import type { Terminal } from './terminal.js';

/** What the product refuses is told, and makes exit code 1. */
export async function orRefusal(terminal: Terminal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof DomainFailure)) throw error;
    terminal.say(`imprest: ${error.message}`);
    terminal.exitCode = 1;
  }
}
