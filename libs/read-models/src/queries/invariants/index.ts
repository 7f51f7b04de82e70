export {
  type InvariantGauges,
  type InvariantName,
  type InvariantReport,
  invariantNames,
  type Violation,
} from './invariant-report.js';
export { type InvariantOptions, invariants } from './invariants.js';
