export { migrations } from './migrations.js';
export {
  PostgresWorkerRegistry,
  type PostgresWorkerRegistryOptions,
} from './postgres-worker-registry.js';
