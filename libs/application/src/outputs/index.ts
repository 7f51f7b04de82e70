export { judgeOutput } from './judge-output.js';
export type { InspectOutput } from './ordered-output.js';
export { OutputStage, type OutputStageServices } from './output-stage.js';
export { OutputWithheld } from './output-withheld.js';
export { MOST_PREVIEW_BYTES, PreviewStage, type PreviewStageServices } from './preview-stage.js';
export { eraseImage, imageIdOf, thumbnailId } from './thumbnails.js';
