import type { ProviderKind } from '../provider-kind.js';

export const simulator: ProviderKind = {
  fields: [],
  read: () => async (services) => {
    const { SimulatorProvider } = await import('@imprest/provider-simulator');
    return new SimulatorProvider({ threads: services.slots, ...services.simulator });
  },
};

export const noOp: ProviderKind = {
  fields: [],
  read: () => async () => {
    const { NoOpProvider } = await import('@imprest/provider-simulator');
    return new NoOpProvider();
  },
};
