import { DEPTH_BY_COST } from './schema/depth-by-cost.js';
import { ENDING } from './schema/ending.js';
import { ENQUEUE } from './schema/enqueue.js';
import { HELD } from './schema/held.js';
import { HELD_BY } from './schema/held-by.js';
import { LEASE, LEASE_FOR_OTHERS } from './schema/lease.js';
import { LINES } from './schema/lines.js';
import { OBSERVE } from './schema/observe.js';
import { SHARE_LEASE } from './schema/share-lease.js';
import { SHARES } from './schema/shares.js';
import { STANDING } from './schema/standing.js';
import { TABLES } from './schema/tables.js';

/** Everything of this lib inside PostgreSQL, in the schema `work_queue`. */
export const migrations: readonly { readonly name: string; readonly up: string }[] = [
  {
    name: 'CreateWorkQueue1763600000000',
    up: [TABLES, ENQUEUE, LEASE, HELD, OBSERVE].join('\n'),
  },
  { name: 'LeaseForOtherTenants1763600000001', up: LEASE_FOR_OTHERS },
  { name: 'LeasesOfWorkers1763600000002', up: HELD_BY },
  {
    name: 'ShareByCost1763600000003',
    up: [SHARES, SHARE_LEASE, ENDING, STANDING].join('\n'),
  },
  { name: 'DepthByCost1763600000004', up: DEPTH_BY_COST },
  { name: 'LinesOfTenants1763600000005', up: LINES },
];
