export { type AiFacts, markAiGenerated, readXmp } from './mark-ai-generated.js';
export { MAX_IMAGE_PIXELS, type SniffedImage, sniffImage } from './sniff-image.js';
export { UnreadableImage } from './unreadable-image.js';
