export { copyRows } from './copy-rows.js';
export { MalformedCopy, TupleSplitter } from './tuple-splitter.js';
