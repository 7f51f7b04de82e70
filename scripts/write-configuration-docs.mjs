// Writes docs/configuration.md from the list of keys: npm run configuration:write
import { writeFileSync } from 'node:fs';
import { configKeys } from '../libs/platform/dist/config/config-keys.js';
import { configurationReference } from '../libs/platform/dist/config/configuration-reference.js';

const file = new URL('../docs/configuration.md', import.meta.url);
writeFileSync(file, configurationReference(configKeys));
console.log(`${configKeys.length} keys written to docs/configuration.md`);
