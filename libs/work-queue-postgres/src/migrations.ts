import { ENQUEUE } from './schema/enqueue.js';
import { HELD } from './schema/held.js';
import { HELD_BY } from './schema/held-by.js';
import { LEASE, LEASE_FOR_OTHERS } from './schema/lease.js';
import { OBSERVE } from './schema/observe.js';
import { TABLES } from './schema/tables.js';

/** Everything of this lib inside PostgreSQL, in the schema `work_queue`. */
export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreateWorkQueue1763600000000',
    up: [TABLES, ENQUEUE, LEASE, HELD, OBSERVE].join('\n'),
  },
  { name: 'LeaseForOtherTenants1763600000001', up: LEASE_FOR_OTHERS },
  { name: 'LeasesOfWorkers1763600000002', up: HELD_BY },
];
