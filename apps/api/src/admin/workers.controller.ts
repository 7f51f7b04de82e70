import {
  DomainFailure,
  type RegisteredWorker,
  ScalingSignals,
  WorkerControl,
  type WorkerDecision,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { RouteSchema } from '@nestjs/platform-fastify';
import { IsOptional, IsString, Matches } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { CheckedBody } from '../http/checked-body.js';
import { operatorContext } from '../http/context.js';
import { schemaFromClass } from '../http/schema-from-class.js';
import { workerOperations } from '../openapi/operations/workers.js';
import { ReasonBody } from './requests.js';

class ScalingQuery {
  /** How long work may wait. */
  @IsOptional()
  @IsString()
  @Matches(/^[1-9][0-9]{0,4}$/)
  targetWaitSeconds?: string;
}

/** Names of workers have characters that no id of ours has. */
const WORKER_ID = /^[\x20-\x7e]{1,100}$/;

const PathWorkerId = () =>
  Param('workerId', {
    transform(value: string): string {
      if (WORKER_ID.test(value)) return value;
      throw new DomainFailure(domainError('not_found', 'there is no such worker'));
    },
  });

function view({ session: _, registeredAt, seenAt, ...worker }: RegisteredWorker) {
  const times = { registeredAt: registeredAt.toISOString(), seenAt: seenAt.toISOString() };
  return { ...worker, ...times };
}

/** The workers there are, and what operators decide about them. */
@Controller('admin/v1')
@Describes(workerOperations)
export class AdminWorkersController {
  constructor(
    private readonly control: WorkerControl,
    private readonly signals: ScalingSignals,
  ) {}

  @Get('workers')
  @OperatorOnly()
  async list() {
    return { workers: (await this.control.list()).map(view) };
  }

  @Get('scaling')
  @OperatorOnly()
  @RouteSchema({ querystring: schemaFromClass(ScalingQuery) })
  scaling(@Query() { targetWaitSeconds }: ScalingQuery) {
    return this.signals.read(
      targetWaitSeconds === undefined ? undefined : Number(targetWaitSeconds),
    );
  }

  @Post('workers/:workerId/cordon')
  @HttpCode(200)
  @OperatorOnly()
  cordon(
    @PathWorkerId() id: string,
    @CheckedBody() body: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    return this.decide(id, 'cordon', body, request);
  }

  @Post('workers/:workerId/drain')
  @HttpCode(200)
  @OperatorOnly()
  drain(
    @PathWorkerId() id: string,
    @CheckedBody() body: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    return this.decide(id, 'drain', body, request);
  }

  @Post('workers/:workerId/uncordon')
  @HttpCode(200)
  @OperatorOnly()
  uncordon(
    @PathWorkerId() id: string,
    @CheckedBody() body: ReasonBody,
    @Req() request: FastifyRequest,
  ) {
    return this.decide(id, 'uncordon', body, request);
  }

  private async decide(
    id: string,
    decision: WorkerDecision,
    { reason }: ReasonBody,
    request: FastifyRequest,
  ) {
    return view(await this.control.decide(id, decision, reason, operatorContext(request)));
  }
}
