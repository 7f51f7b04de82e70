export { startImprest } from './imprest.js';
export { productModules } from './product-modules.js';
