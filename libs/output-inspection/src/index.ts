export { SharpMediaViewer } from './sharp-media-viewer.js';
export { SharpOutputDecoder } from './sharp-output-decoder.js';
