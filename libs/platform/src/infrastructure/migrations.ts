import { migrations as dataKeyMigrations } from '@imprest/data-keys-postgres';
import { migrations as endpointTrafficMigrations } from '@imprest/endpoint-traffic-postgres';
import { migrations as eventStoreMigrations } from '@imprest/event-store-postgres';
import { migrations as identityMigrations } from '@imprest/identity-postgres';
import { migrations as previewMigrations } from '@imprest/previews-postgres';
import { migrations as rateLimitMigrations } from '@imprest/rate-limits-postgres';
import { migrations as readModelMigrations } from '@imprest/read-models';
import { migrations as workQueueMigrations } from '@imprest/work-queue-postgres';
import { migrations as workerRegistryMigrations } from '@imprest/worker-registry-postgres';
import { migrations as deploymentMigrations } from './deployment/migrations.js';

/** Everything a database of the product has, whichever engines are beside it. */
export const allMigrations = [
  ...eventStoreMigrations,
  ...dataKeyMigrations,
  ...workQueueMigrations,
  ...endpointTrafficMigrations,
  ...workerRegistryMigrations,
  ...previewMigrations,
  ...rateLimitMigrations,
  ...identityMigrations,
  ...readModelMigrations,
  ...deploymentMigrations,
];
