import { FindingQueries } from '@imprest/read-models';
import { withEngines } from '../engines.js';
import { moment } from '../terminal/format.js';
import type { Terminal } from '../terminal/terminal.js';

export interface FindingsOptions {
  readonly json?: boolean;
  /** Resolved ones too. */
  readonly all?: boolean;
}

const AT_ONCE = 500;

interface Found {
  readonly check: string;
  readonly subjects: readonly { readonly kind: string; readonly id: string }[];
  readonly message: string;
}

/** `imageMissing  generation g1, asset img_1: image 0 was charged, and the asset store does not have it` */
export function findingLine({ check, subjects, message }: Found): string {
  const things = subjects.map(({ kind, id }) => `${kind} ${id}`).join(', ');
  return `${check}  ${things}: ${message}`;
}

/** What checks of the books have found and what is not gone yet. */
export function listFindings(terminal: Terminal, { json, all }: FindingsOptions): Promise<void> {
  return withEngines(terminal, async (engines) => {
    const queries = new FindingQueries(await engines.dataSource());
    const state = all ? undefined : 'open';
    let cursor: string | undefined;
    do {
      const page = await queries.list({ state, cursor, limit: AT_ONCE });
      for (const finding of page.items) {
        if (finding.resolvedAt === null) terminal.exitCode = 1;
        const since = `${moment(new Date(finding.openedAt))}  `;
        if (json) await terminal.printJson(finding);
        else await terminal.print(since + findingLine(finding));
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && !terminal.signal.aborted);
  });
}
