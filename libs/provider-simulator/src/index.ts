export { NoOpProvider } from './noop-provider.js';
export { MOST_PIXELS } from './request-limits.js';
export type { SimulatorOptions } from './simulator-options.js';
export { SimulatorProvider } from './simulator-provider.js';
