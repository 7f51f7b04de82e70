import { ConsumerLags } from './consumer-lags.js';
import { OverviewController } from './overview.controller.js';
import { OperatorOverview } from './overview.js';
import { OverviewFeed } from './overview-feed.js';

export { ConsumerLags, type ConsumerLagView } from './consumer-lags.js';

export const overviewControllers = [OverviewController];
export const overviewProviders = [ConsumerLags, OperatorOverview, OverviewFeed];
