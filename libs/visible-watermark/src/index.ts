export { GLYPH_HEIGHT, isInk, textWidth } from './bitmap-font.js';
export { blend, type Raster } from './raster.js';
export { drawWatermark } from './watermark.js';
