import { readFileSync } from 'node:fs';

const packageFile = new URL('../package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string };

/** Of this software, as operators see it in the list of workers. */
export const workerVersion = version;
