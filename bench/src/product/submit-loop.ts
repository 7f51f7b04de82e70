import { SubmitGeneration } from '@imprest/application';
import type { RunningProcess } from '@imprest/platform';
import { CommandBus } from '@nestjs/cqrs';
import { type LoopPlan, type LoopResult, runClosedLoop } from '../harness/closed-loop.js';
import { benchTenant } from './admin-client.js';

export interface SubmitPlan extends LoopPlan {
  readonly tenants: number;
}

/** The request of the load generator, as the dialect hands it over. */
const input = {
  endUserEmail: 'ada.lovelace@example.com',
  prompt:
    'A quiet mountain lake at sunrise, mist over the water, pine forest on both shores, snow on the far ' +
    'peaks, a small wooden boat tied to a pier in the foreground, soft golden light, wide angle, fine ' +
    'detail in rocks and ripples, calm mood',
  model: 'xSD4.5',
  size: '2K',
  aspectRatio: 'landscape',
  images: 1,
  sequential: false,
  maxSequentialImages: undefined,
  seed: 20_240_817,
  watermark: undefined,
  guidanceScale: 7.5,
  responseFormat: 'url',
  references: [],
  webhookUrl: null,
} as const;

/** Accepts without HTTP: judged, priced, sealed, two durable facts. */
export function submitLoop(running: RunningProcess, plan: SubmitPlan): Promise<LoopResult> {
  const commands = running.application.get(CommandBus);
  const actor = { kind: 'apiKey', id: 'key_bench' } as const;
  let count = 0;
  return runClosedLoop(plan, async () => {
    count += 1;
    const id = `facts-${count}`;
    const submitter = {
      tenantId: benchTenant(count % plan.tenants),
      apiKeyId: actor.id,
      models: null,
      dialect: 'xmode',
      idempotencyKey: null,
      baseUrl: 'http://127.0.0.1',
    };
    const context = { correlationId: id, causationId: id, actor };
    await commands.execute(new SubmitGeneration(submitter, input, context));
  });
}
