// Writes docs/openapi.json from the routes of the whole product: npm run openapi:write
import { writeFileSync } from 'node:fs';
import { controllersOf, openApiDocument } from '../apps/api/dist/index.js';
import { productModules } from '../apps/imprest/dist/product-modules.js';
import { OperationsModule } from '../libs/platform/dist/index.js';

const document = openApiDocument(controllersOf([...productModules, OperationsModule]));
const file = new URL('../docs/openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
console.log(`${Object.keys(document.paths).length} paths written to docs/openapi.json`);
