export { type AiFacts, markAiGenerated, readXmp } from './mark-ai-generated.js';
export {
  MAX_IMAGE_PIXELS,
  type SniffedImage,
  type SniffedOutput,
  sniffImage,
  sniffOutput,
} from './sniff-image.js';
export { UnreadableImage } from './unreadable-image.js';
