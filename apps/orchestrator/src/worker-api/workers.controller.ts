import { holderOf, Orchestration } from '@imprest/application';
import { Describes, WorkerOnly } from '@imprest/platform';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { LongPolls } from './long-polls.js';
import { type LeaveBody, leaveSchema } from './requests.js';
import { workerOperations } from './worker-descriptions.js';

/** What workers say about themselves; docs/worker-protocol.md is its description. */
@Controller('worker/v1/workers')
@Describes(workerOperations)
export class WorkersController {
  constructor(
    private readonly orchestration: Orchestration,
    private readonly polls: LongPolls,
  ) {}

  @Post(':workerId/leave')
  @HttpCode(204)
  @WorkerOnly()
  @RouteSchema(leaveSchema)
  async leave(
    @Param('workerId') workerId: string,
    @Body() { session, held }: LeaveBody,
  ): Promise<void> {
    await this.polls.endOf(holderOf(workerId, session));
    const named = held.map(({ jobId: id, fence }) => ({ id, fence }));
    await this.orchestration.leases.leave({ workerId, session, held: named });
  }
}
