export { PreviewReader, type ShownPreview } from './preview-reader.js';
export { sealPreview } from './sealed-preview.js';
