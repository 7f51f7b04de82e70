export type { DownloadedFile, DownloadRequest } from './download.js';
export type { OutgoingResponse, ResponseHeaders } from './exchange.js';
export type { ResolveAddresses } from './name-resolution.js';
export * from './outgoing-http.js';
export { OutgoingRequestError, type OutgoingRequestErrorCode } from './outgoing-request-error.js';
