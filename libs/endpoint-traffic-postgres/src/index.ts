export { migrations } from './migrations.js';
export {
  PostgresEndpointTraffic,
  type PostgresEndpointTrafficOptions,
} from './postgres-endpoint-traffic.js';
