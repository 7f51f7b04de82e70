export { ApiModule } from './api.module.js';
export { openApiDocument } from './openapi/document.js';
export { controllersOf } from './openapi/routes.js';
