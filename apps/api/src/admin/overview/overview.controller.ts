import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { overviewOperations } from '../../openapi/operations/overview.js';
import { OperatorOverview } from './overview.js';
import { OverviewFeed } from './overview-feed.js';

@Controller('admin/v1/overview')
@Describes(overviewOperations)
export class OverviewController {
  constructor(
    private readonly overview: OperatorOverview,
    private readonly feed: OverviewFeed,
  ) {}

  @Get()
  @OperatorOnly()
  read() {
    return this.overview.get();
  }

  @Get('stream')
  @OperatorOnly()
  stream(@Res() reply: FastifyReply): Promise<void> {
    return this.feed.watch(reply);
  }
}
