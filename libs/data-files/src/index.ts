export * from './checked-yaml.js';
export { loadDataFile } from './load-data-file.js';
