export { runCli, UsageError } from './terminal/run-cli.js';
export { Terminal } from './terminal/terminal.js';
