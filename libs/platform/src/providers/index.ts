export type { ProviderServices } from './provider-kind.js';
export {
  loadProviders,
  openProviders,
  type ProviderEntry,
  parseProviders,
} from './provider-list.js';
