import { Child } from '../harness/child.js';
import type { Bench } from '../harness/experiment.js';
import type { LoadPlan, LoadResult } from './generator.js';
import type { LoadAnswer, LoadCommand } from './main.js';
import { generationRequest, type RequestTemplate } from './requests.js';

const ACCEPTED = 202;

export interface LoadTarget {
  readonly port: number;
  /** API keys the requests rotate over. */
  readonly keys: readonly string[];
}

export interface LoadOptions extends Pick<LoadPlan, 'connections' | 'requests'> {
  readonly request?: RequestTemplate;
  readonly expectedStatus?: number;
  readonly warmUpMs?: number;
  readonly measureMs?: number;
}

/** Puts load on a program from a process of its own. @throws Error for any answer but the expected one, 202 if none is named */
export async function putLoad(
  bench: Bench,
  { port, keys }: LoadTarget,
  { request = generationRequest, expectedStatus = ACCEPTED, ...options }: LoadOptions,
): Promise<LoadResult> {
  const { warmUpMs, measureMs } = bench.options;
  const { child } = await Child.start<LoadCommand, LoadAnswer>('load/main', {
    place: 'load',
    pinning: bench.pinning,
  });
  try {
    const plan = { warmUpMs, measureMs, ...options, port, expectedStatus };
    return (await child.ask({ plan, request, keys })) as LoadResult;
  } finally {
    await child.stop();
  }
}
