export { progressLine } from './progress-line.js';
