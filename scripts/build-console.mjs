// Builds the page of apps/console when anything that it is made of is newer than what the last build made.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const workspace = `${root}apps/console`;
const BUILT = `${workspace}/dist/index.html`;
/** Of the folder itself only what the build reads: it writes into the folder. */
const SOURCES = ['index.html', 'package.json', 'tsconfig.json', 'vite.config.ts'];
const FOLDERS = ['build', 'public', 'src'];
/** Types alone: nothing of them is left in the page. */
const TYPES = /[\\/]api[\\/]openapi\.ts$/;

const modifiedMs = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

/** Folders count as well: theirs is the only trace of a file that was removed. */
function inside(folder) {
  const entries = readdirSync(folder, { recursive: true }).map((entry) => `${folder}/${entry}`);
  return [folder, ...entries.filter((entry) => !TYPES.test(entry))];
}

function isFresh() {
  const built = modifiedMs(BUILT);
  if (built === undefined) return false;
  const files = [
    `${root}package-lock.json`,
    ...SOURCES.map((file) => `${workspace}/${file}`),
    ...FOLDERS.flatMap((folder) => inside(`${workspace}/${folder}`)),
  ];
  return files.every((file) => (modifiedMs(file) ?? 0) <= built);
}

if (!isFresh()) {
  const options = { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' };
  const { status } = spawnSync('npm', ['run', '--silent', 'build', '-w', 'apps/console'], options);
  process.exitCode = status ?? 1;
}
