import { CLOCK, type Clock, DeciderRunner, tokenAccountStream } from '@imprest/application';
import { drawableTokens } from '@imprest/domain';
import { Describes, ForTenant } from '@imprest/platform';
import { Controller, Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { principalOf } from '../../http/context.js';
import { balanceOperations } from '../../openapi/operations/account.js';
import { DIALECT } from './generations.controller.js';

@Controller('v1/balance')
@Describes(balanceOperations)
export class XmodeBalanceController {
  constructor(
    private readonly runner: DeciderRunner,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** From the account's own stream: never behind. */
  @Get()
  @ForTenant('balance:read', 'polling', DIALECT)
  balance(@Req() request: FastifyRequest) {
    const { tenantId } = principalOf(request);
    const now = this.clock.now().toISOString();
    return this.runner.read(tokenAccountStream, tenantId, (account) => {
      const available = drawableTokens(account, now);
      let promotional = 0n;
      for (const lot of account.lots.values()) {
        const alive = lot.expiresAt === null || lot.expiresAt > now;
        if (lot.kind === 'promotional' && alive && !lot.expired) promotional += lot.available;
      }
      return {
        xTokens: Number(available),
        available: Number(available),
        held: Number(account.held),
        purchased: Number(available - promotional),
        promotional: Number(promotional),
        frozen: account.frozen !== null,
      };
    });
  }
}
