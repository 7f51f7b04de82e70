export { SharpOutputDecoder } from './sharp-output-decoder.js';
