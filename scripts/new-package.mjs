// Lays out a new workspace package: node scripts/new-package.mjs libs/<name> [dependency ...]
// A dependency is the bare name of another lib (no scope). Run `npm install` afterwards.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const [folder, ...dependencies] = process.argv.slice(2);
if (!/^(libs|apps)\/[a-z][a-z0-9-]*$/.test(folder ?? '')) {
  console.error('usage: node scripts/new-package.mjs libs/<name> [lib ...]');
  process.exit(2);
}
if (existsSync(join(folder, 'package.json'))) {
  console.error(`${folder} exists already`);
  process.exit(2);
}
const name = folder.split('/')[1];
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
mkdirSync(join(folder, 'src'), { recursive: true });
writeFileSync(
  join(folder, 'package.json'),
  json({
    name: `@imprest/${name === 'imprest' ? 'standalone' : name}`,
    version: '0.1.0',
    private: true,
    license: 'Apache-2.0',
    type: 'module',
    exports: {
      '.': {
        development: './src/index.ts',
        types: './dist/index.d.ts',
        default: './dist/index.js',
      },
    },
    dependencies: Object.fromEntries(dependencies.map((lib) => [`@imprest/${lib}`, '0.1.0'])),
  }),
);
writeFileSync(
  join(folder, 'tsconfig.json'),
  json({
    extends: '../../tsconfig.base.json',
    compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
    include: ['src/**/*.ts'],
    exclude: ['src/**/*.spec.ts'],
    references: dependencies.map((lib) => ({ path: relative(folder, join('libs', lib)) })),
  }),
);
const root = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
root.references = [...root.references, { path: folder }].sort((a, b) =>
  a.path.localeCompare(b.path),
);
writeFileSync('tsconfig.json', json(root));
