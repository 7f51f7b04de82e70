import { Child } from '../harness/child.js';
import type { Bench } from '../harness/experiment.js';
import type { SinkAnswer, SinkCommand } from './sink-program.js';

export type Sink = Child<SinkCommand, SinkAnswer>;

export async function withSink<T>(
  bench: Bench,
  use: (sink: Sink, port: number) => Promise<T>,
): Promise<T> {
  const { child, first } = await Child.start<SinkCommand, SinkAnswer>('webhooks/sink-program', {
    place: 'load',
    pinning: bench.pinning,
  });
  try {
    return await use(child, first.port);
  } finally {
    await child.stop();
  }
}
