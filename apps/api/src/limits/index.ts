import { Budgets } from '@imprest/application';
import { BudgetOf } from './budget-of.js';
import { EndUserBudgetsController } from './end-user-budgets.controller.js';
import { KeyBudgetsController } from './key-budgets.controller.js';
import { OwnKeyBudgetsController } from './own-key-budgets.controller.js';
import { SharesController } from './shares.controller.js';
import { TiersController } from './tiers.controller.js';

export const limitsControllers = [
  TiersController,
  SharesController,
  KeyBudgetsController,
  OwnKeyBudgetsController,
  EndUserBudgetsController,
];

export const limitsProviders = [Budgets, BudgetOf];
