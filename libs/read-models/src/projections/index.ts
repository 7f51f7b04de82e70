export { assetsProjector } from './assets.js';
export { endUsersProjector } from './end-users.js';
export { generationsProjector } from './generations.js';
export { reconciliationProjector } from './reconciliation.js';
export { StreamGap } from './stream-order.js';
export type { TableProjector } from './table-projector.js';
export { tenancyProjector } from './tenancy.js';
export { topUpsProjector } from './top-ups.js';
export { webhookMessagesProjector } from './webhook-messages.js';
