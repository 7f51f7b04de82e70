export { startImprest } from './imprest.js';
