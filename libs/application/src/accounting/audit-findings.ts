import { createHash } from 'node:crypto';
import type { FindingOpened, FindingSubject } from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { auditFindingStream } from '../deciding/stream-types.js';
import type { Clock } from '../ports/clock.js';
import { CLOCK } from '../ports/tokens.js';

export interface FoundThing {
  /** Name of the check. */
  readonly check: string;
  readonly subjects: readonly FindingSubject[];
  readonly message: string;
}

/** The same thing found by the same check is the same finding, whoever finds it. */
export function findingId({ check, subjects }: Pick<FoundThing, 'check' | 'subjects'>): string {
  const things = subjects.map(({ kind, id }) => [kind, id]);
  const hash = createHash('sha256').update(JSON.stringify([check, ...things]));
  return `fnd_${hash.digest('hex').slice(0, 32)}`;
}

/** Puts on record what checks of the books find, and what they no longer find. */
@Injectable()
export class AuditFindings {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Safe to repeat. Answers whether it was not open before. */
  async open(
    source: FindingOpened['data']['source'],
    found: FoundThing,
    context: CommandContext,
  ): Promise<boolean> {
    const foundAt = this.clock.now().toISOString();
    const command = { type: 'OpenFinding', source, ...found, foundAt } as const;
    const id = findingId(found);
    const result = await this.runner.run(auditFindingStream, id, command, context);
    if (result.kind === 'rejected') throw new Error(result.error.message);
    return result.kind === 'accepted' && result.events.length > 0;
  }

  /** Safe to repeat. */
  async resolve(id: string, context: CommandContext): Promise<void> {
    const resolvedAt = this.clock.now().toISOString();
    const command = { type: 'ResolveFinding', resolvedAt } as const;
    await this.runner.run(auditFindingStream, id, command, context);
  }
}
