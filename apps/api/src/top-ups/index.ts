import { PaymentNotifications, TopUpDesk, TopUpOrders } from '@imprest/application';
import { paymentsForInjection } from '@imprest/platform';
import { NotificationsRoute } from './notifications-route.js';
import { ManualCreditsController, TopUpDeskController } from './top-up-desk.controller.js';
import { TopUpPackagesController, TopUpsController } from './top-ups.controller.js';

export const topUpControllers = [
  TopUpPackagesController,
  TopUpsController,
  TopUpDeskController,
  ManualCreditsController,
];

export const topUpProviders = [
  TopUpOrders,
  TopUpDesk,
  PaymentNotifications,
  NotificationsRoute,
  ...paymentsForInjection,
];
