export { type CostEstimate, guessed, observed } from './cost-estimate.js';
export { CostLearner } from './cost-learner.js';
export { amountOf } from './work-amount.js';
export { type ExpectedCost, WorkCosts, type WorkCostsServices } from './work-costs.js';
