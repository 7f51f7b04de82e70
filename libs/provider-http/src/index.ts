export { filesInJson } from './answers/files-in-json.js';
export { type JsonPath, JsonScanner, type ScannedFile } from './answers/json-scanner.js';
export { Cancellations } from './http/cancellations.js';
export { type FormBody, type FormPart, multipart } from './http/multipart.js';
export { ProviderAnswer } from './http/provider-answer.js';
export {
  DEFAULT_DEADLINES,
  type ProviderDeadlines,
  ProviderHttp,
  type ProviderHttpOptions,
  type ProviderRequest,
} from './http/provider-http.js';
export { refusal } from './http/refusal.js';
export { isPolicyCode, toldReason } from './http/told-reason.js';
export { fitted, type PictureOrder } from './pictures/fitted.js';
export { Handover } from './pictures/handover.js';
export { type PictureSize, sizeInMultiples } from './pictures/picture-size.js';
export { madeSize, withUserFaults } from './values/made-size.js';
export { type ModelParts, partFor, partsOf } from './values/model-parts.js';
export * from './values/placed-values.js';
export * from './values/request-values.js';
export * from './values/value-rules.js';
