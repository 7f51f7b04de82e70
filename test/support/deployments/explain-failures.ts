import { beforeEach } from 'vitest';
import type { Deployment } from './deployment.js';

const LAST_LINES = 40;

/** After the first test of a file that fails: what the product had to complain of until then. */
export function explainFailures(running: () => Deployment | undefined): void {
  let explained = false;
  beforeEach(({ onTestFailed }) => {
    onTestFailed(() => {
      const product = running();
      if (explained || product === undefined) return;
      explained = true;
      const complaints = product.output().split('\n').filter(isComplaint).slice(-LAST_LINES);
      console.error(['The product complained:', ...complaints].join('\n'));
    });
  });
}

/** Whatever is no log line, and log lines of a warning or worse. */
function isComplaint(line: string): boolean {
  const level = /^\{"level":(\d+)/.exec(line)?.[1];
  return level === undefined ? line !== '' : Number(level) >= 40;
}
