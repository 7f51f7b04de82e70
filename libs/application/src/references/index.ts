export type { ConsentText, NewConsent } from './confidential-consent.js';
export * from './consent-eraser.js';
export * from './erase-reference.js';
export * from './permitted-reference.js';
export * from './record-consent.js';
export * from './reference-id.js';
export { type ConsentView, type ReferenceView, ReferenceViews } from './reference-view.js';
export * from './stored-references.js';
export * from './withdraw-consent.js';
