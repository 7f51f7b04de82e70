import { holderOf, Orchestration } from '@imprest/application';
import { Describes, WorkerOnly } from '@imprest/platform';
import { Body, Controller, HttpCode, Param, Post, Put } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { LongPolls } from './long-polls.js';
import { workerOperations } from './worker-descriptions.js';
import {
  type BeatBody,
  beatSchema,
  type HeldLease,
  type LeaveBody,
  leaveSchema,
  type RegisterBody,
  registerSchema,
  residencyIn,
} from './worker-requests.js';

/** What a worker is to keep to; three beats missed make it gone. */
const HEARTBEAT_SECONDS = 10;

const refOf = ({ jobId: id, fence }: HeldLease) => ({ id, fence });

/** What workers say about themselves; docs/worker-protocol.md is its description. */
@Controller('worker/v1/workers')
@Describes(workerOperations)
export class WorkersController {
  constructor(
    private readonly orchestration: Orchestration,
    private readonly polls: LongPolls,
  ) {}

  @Put(':workerId')
  @WorkerOnly()
  @RouteSchema(registerSchema)
  async register(@Param('workerId') id: string, @Body() body: RegisterBody) {
    const { session, slots, models = null, providers = null, vramBytes = null } = body;
    const { labels = {}, version = null } = body;
    const residency = residencyIn(body);
    const abilities = { models, providers, vramBytes, slots };
    const worker = { id, session, ...abilities, labels, version, residency };
    const state = await this.orchestration.presence.register(worker);
    return { state, heartbeatSeconds: HEARTBEAT_SECONDS };
  }

  @Post(':workerId/heartbeat')
  @HttpCode(200)
  @WorkerOnly()
  @RouteSchema(beatSchema)
  async heartbeat(@Param('workerId') id: string, @Body() body: BeatBody) {
    const { session, held, usedSlots = held.length } = body;
    const beat = { id, session, residency: residencyIn(body), usedSlots, held: held.map(refOf) };
    return { state: await this.orchestration.presence.beat(beat) };
  }

  @Post(':workerId/leave')
  @HttpCode(204)
  @WorkerOnly()
  @RouteSchema(leaveSchema)
  async leave(
    @Param('workerId') workerId: string,
    @Body() { session, held }: LeaveBody,
  ): Promise<void> {
    await this.polls.endOf(holderOf(workerId, session));
    await this.orchestration.presence.leave({ workerId, session, held: held.map(refOf) });
  }
}
