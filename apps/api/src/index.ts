export { ApiModule } from './api.module.js';
export { openApiDocument } from './openapi/document.js';
export {
  type AnswerSchemas,
  errorSchema,
  errorSchemas,
  responseSchemas,
} from './openapi/response-schemas.js';
export { controllersOf } from './openapi/routes.js';
