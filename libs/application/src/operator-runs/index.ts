export {
  endOf,
  failedEnd,
  type OperatorRunEnd,
  type OperatorRunOrder,
  OperatorRunRecord,
  type RunAtHand,
} from './operator-run-record.js';
