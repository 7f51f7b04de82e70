import { endpointTrafficConformance } from './conformance/endpoint-traffic.js';
import { InMemoryEndpointTraffic } from './in-memory-endpoint-traffic.js';

endpointTrafficConformance('in memory', async () => {
  let now = 0;
  const traffic = new InMemoryEndpointTraffic(() => now);
  return {
    connect: () => traffic,
    elapse: async (ms) => {
      now += ms;
    },
    dispose: async () => {},
  };
});
