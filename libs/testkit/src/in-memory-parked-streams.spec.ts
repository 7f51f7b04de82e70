import { parkedStreamsConformance } from './conformance/index.js';
import { InMemoryCheckpointStore } from './in-memory-checkpoint-store.js';
import { InMemoryParkedStreams } from './in-memory-parked-streams.js';

parkedStreamsConformance('in memory', async () => {
  const checkpoints = new InMemoryCheckpointStore();
  const streams = new InMemoryParkedStreams(checkpoints);
  return { checkpoints, streams, dispose: async () => undefined };
});
