import { BalanceAlerts, PaymentNotifications, TopUpDesk, TopUpOrders } from '@imprest/application';
import { paymentsForInjection } from '@imprest/platform';
import { BalanceAlertController } from './balance-alert.controller.js';
import { NotificationsRoute } from './notifications-route.js';
import { ManualCreditsController, TopUpDeskController } from './top-up-desk.controller.js';
import { TopUpPackagesController, TopUpsController } from './top-ups.controller.js';

export const topUpControllers = [
  BalanceAlertController,
  TopUpPackagesController,
  TopUpsController,
  TopUpDeskController,
  ManualCreditsController,
];

export const topUpProviders = [
  BalanceAlerts,
  TopUpOrders,
  TopUpDesk,
  PaymentNotifications,
  NotificationsRoute,
  ...paymentsForInjection,
];
