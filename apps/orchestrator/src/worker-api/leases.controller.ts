import {
  holderOf,
  type LeaseStanding,
  Orchestration,
  type RenderedResult,
  type WorkerFailure,
  type WorkOrder,
} from '@imprest/application';
import { Describes, TRACING, type Tracing, WorkerOnly } from '@imprest/platform';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import { leaseOperations, previewDescription, uploadDescription } from './descriptions.js';
import { LongPolls } from './long-polls.js';
import {
  type HeartbeatBody,
  heartbeatSchema,
  type IdentityBody,
  identitySchema,
  type LeaseBody,
  leaseSchema,
  type OutcomeBody,
  outcomeSchema,
  referenceSchema,
  type WatchBody,
  watchSchema,
} from './requests.js';

/** What workers say and are told, except the images themselves; docs/worker-protocol.md is its description. */
@Controller('worker/v1/leases')
@Describes(leaseOperations, uploadDescription, previewDescription)
export class LeasesController {
  constructor(
    private readonly orchestration: Orchestration,
    private readonly polls: LongPolls,
    @Inject(TRACING) private readonly tracing: Tracing,
  ) {}

  @Post()
  @WorkerOnly()
  @RouteSchema(leaseSchema)
  async lease(@Body() body: LeaseBody, @Res() reply: FastifyReply): Promise<void> {
    const { workerId, session, models, providers, residency, slots, waitSeconds } = body;
    const poll = this.polls.begin(reply, holderOf(workerId, session));
    try {
      const leases = await this.orchestration.leases.lease({
        workerId,
        session,
        models,
        providers,
        residency,
        limit: slots,
        waitMs: waitSeconds * 1000,
        signal: poll.signal,
      });
      if (leases.length > 0) reply.status(200).send({ leases: this.traced(leases) });
      else reply.status(204).send();
    } finally {
      poll.end();
    }
  }

  /** A lease is a moment of its request's trace; what the worker does comes below it. */
  private traced(leases: readonly WorkOrder[]): readonly WorkOrder[] {
    if (!this.tracing.enabled) return leases;
    return leases.map((order) => {
      if (order.traceparent === undefined) return order;
      const attributes = { 'imprest.attempt': order.attempt };
      const span = this.tracing.begin(
        { name: 'lease', kind: 'producer', attributes },
        order.traceparent,
      );
      span.end();
      return { ...order, traceparent: span.traceparent };
    });
  }

  @Post(':jobId/heartbeat')
  @HttpCode(200)
  @WorkerOnly()
  @RouteSchema(heartbeatSchema)
  async heartbeat(@Param('jobId') id: string, @Body() { fence, progress }: HeartbeatBody) {
    const standing = await this.orchestration.leases.heartbeat({ id, fence }, progress);
    return told(standing);
  }

  /** Answered as soon as the lease is not held any more, so that work stops at once. */
  @Post(':jobId/watch')
  @WorkerOnly()
  @RouteSchema(watchSchema)
  async watch(
    @Param('jobId') id: string,
    @Body() { fence, waitSeconds }: WatchBody,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const poll = this.polls.begin(reply, id);
    try {
      const request = { waitMs: waitSeconds * 1_000, signal: poll.signal };
      const standing = await this.orchestration.leases.watch({ id, fence }, request);
      reply.status(200).send(told(standing));
    } finally {
      poll.end();
    }
  }

  /** One uploaded reference of the order; those that are URLs the worker fetches itself. */
  @Get(':jobId/references/:index')
  @WorkerOnly()
  @RouteSchema(referenceSchema)
  async reference(
    @Param('jobId') id: string,
    @Param('index') index: string,
    @Query('fence') fence: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const lease = { id, fence: Number(fence) };
    const { bytes, mediaType } = await this.orchestration.leases.reference(lease, Number(index));
    reply.status(200).header('content-type', mediaType).send(bytes);
  }

  /** Looks of the character that the order shows, worked out by the worker; the answer says which count. */
  @Post(':jobId/identity')
  @HttpCode(200)
  @WorkerOnly()
  @RouteSchema(identitySchema)
  async identity(@Param('jobId') id: string, @Body() { fence, embedding }: IdentityBody) {
    return { embedding: await this.orchestration.leases.identity({ id, fence }, embedding) };
  }

  @Post(':jobId/outcome')
  @HttpCode(200)
  @WorkerOnly()
  @RouteSchema(outcomeSchema)
  async outcome(@Param('jobId') id: string, @Body() body: OutcomeBody) {
    const { leases } = this.orchestration;
    const lease = { id, fence: body.fence };
    const told = outcomeOf(body);
    const status =
      'failureClass' in told
        ? await leases.failed(lease, told)
        : await leases.rendered(lease, told);
    return { status };
  }
}

function told(standing: LeaseStanding) {
  return { cancelled: standing === 'cancelled', lost: standing === 'lost' };
}

function outcomeOf({
  receipts = [],
  lost = [],
  usage,
  failure,
}: OutcomeBody): RenderedResult | WorkerFailure {
  if (failure === undefined) return { receipts, lost, usage };
  const { class: failureClass, message, unresolvedAttempt } = failure;
  return { failureClass, message, unresolvedAttempt, usage };
}
