export { type AiFacts, markAiGenerated, readXmp } from './mark-ai-generated.js';
export { type Mp4Clip, mp4Clip } from './mp4-clip.js';
export {
  MAX_IMAGE_PIXELS,
  type SniffedImage,
  type SniffedOutput,
  sniffImage,
  sniffOutput,
} from './sniff-image.js';
export { UnreadableImage } from './unreadable-image.js';
export { withoutNotes } from './without-notes.js';
