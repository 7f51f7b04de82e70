// Makes the second half of docs/event-streams.md anew from the catalogue: npm run events:document
import { readFileSync, writeFileSync } from 'node:fs';
import { catalogue, eventStreamsDocument } from '../libs/event-catalogue/dist/index.js';

const file = new URL('../docs/event-streams.md', import.meta.url);
writeFileSync(file, eventStreamsDocument(readFileSync(file, 'utf8')));
console.log(`${Object.keys(catalogue).length} event types written to docs/event-streams.md`);
