import { WaitingReasons } from '@imprest/application';
import { Describes, OperatorOnly } from '@imprest/platform';
import { Controller, Get } from '@nestjs/common';
import { PathId } from '../../http/path-id.js';
import { jobOperations } from '../../openapi/operations/work.js';

/** What operators ask about a single job. */
@Controller('admin/v1/jobs')
@Describes(jobOperations)
export class JobsController {
  constructor(private readonly reasons: WaitingReasons) {}

  @Get(':id/why')
  @OperatorOnly()
  why(@PathId('id') id: string) {
    return this.reasons.of(id);
  }
}
