import {
  domainError,
  type RecoverableStatus,
  validationError,
  type WebhookRecovery,
} from '@imprest/domain';
import { Inject, Injectable } from '@nestjs/common';
import type { CommandContext } from '../command-context.js';
import { DeciderRunner } from '../deciding/decider-runner.js';
import { webhookRecoveryStream } from '../deciding/stream-types.js';
import { DomainFailure } from '../domain-failure.js';
import { idOfRequest } from '../identifiers.js';
import type { Clock } from '../ports/clock.js';
import { CLOCK } from '../ports/tokens.js';

export interface RecoveryRequest {
  readonly since: Date;
  /** Now when absent, and never later. */
  readonly until?: Date | undefined;
  /** Of all URLs when absent. */
  readonly endpointId?: string | undefined;
  /** What has not arrived when absent. */
  readonly statuses?: readonly RecoverableStatus[] | undefined;
  /** Asked again under it, it is the same recovery. */
  readonly idempotencyKey: string | null;
  readonly reason: string;
}

const NOT_ARRIVED: readonly RecoverableStatus[] = ['pending', 'exhausted', 'refused', 'expired'];

/** Messages that a tenant wants again together, and how far that got. */
@Injectable()
export class WebhookRecoveries {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws DomainFailure validation_error, conflict while another one runs or for a key used before */
  async request(
    tenantId: string,
    { since, until, endpointId, statuses, idempotencyKey, reason }: RecoveryRequest,
    context: CommandContext,
  ): Promise<WebhookRecovery> {
    const now = this.clock.now();
    const end = until !== undefined && until < now ? until : now;
    if (since >= end) throw new DomainFailure(validationError('since', 'must be before until'));
    const recoveryId = idOfRequest('rcv', now.getTime(), tenantId, idempotencyKey);
    const recovery = {
      recoveryId,
      endpointId: endpointId ?? null,
      statuses: [...new Set(statuses ?? NOT_ARRIVED)].sort(),
      since: since.toISOString(),
      until: end.toISOString(),
      reason,
    };
    const command = { type: 'RequestRecovery', recovery } as const;
    const result = await this.runner.run(webhookRecoveryStream, tenantId, command, context);
    if (result.kind === 'rejected') throw new DomainFailure(result.error);
    return this.get(tenantId, recoveryId);
  }

  /** @throws DomainFailure not_found */
  async get(tenantId: string, recoveryId: string): Promise<WebhookRecovery> {
    const found = (await this.list(tenantId)).find((one) => one.recoveryId === recoveryId);
    if (found !== undefined) return found;
    throw new DomainFailure(domainError('not_found', `there is no recovery ${recoveryId}`));
  }

  /** The latest ones, the newest first. */
  list(tenantId: string): Promise<readonly WebhookRecovery[]> {
    return this.runner.read(webhookRecoveryStream, tenantId, ({ recoveries }) =>
      [...recoveries.values()].map((recovery) => ({ ...recovery })).reverse(),
    );
  }
}
