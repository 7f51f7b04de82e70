import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const sdk = fileURLToPath(new URL('../../libs/sdk', import.meta.url));
const manifest = JSON.parse(readFileSync(join(sdk, 'package.json'), 'utf8'));

describe('the package that libs/sdk is published as', () => {
  let project: string;
  let files: readonly string[];

  beforeAll(() => {
    project = mkdtempSync(join(tmpdir(), 'imprest-sdk-'));
    execFileSync('npm', ['pack', '--silent', '--pack-destination', project], { cwd: sdk });
    const installed = join(project, 'node_modules/@imprest/sdk');
    mkdirSync(installed, { recursive: true });
    const tarball = join(project, `imprest-sdk-${manifest.version}.tgz`);
    const list = execFileSync('tar', ['tzf', tarball], { encoding: 'utf8' });
    files = list.trim().split('\n');
    execFileSync('tar', ['xzf', tarball, '-C', installed, '--strip-components=1']);
  }, 60_000);

  afterAll(() => rmSync(project, { recursive: true, force: true }));

  /** What a program prints that has nothing but the package, run by node as it is. */
  function run(program: string): string {
    writeFileSync(join(project, 'program.mjs'), program);
    return execFileSync(process.execPath, ['program.mjs'], { cwd: project, encoding: 'utf8' });
  }

  it('has the built files, what they declare, a README and a licence, and nothing else', () => {
    const kinds = new Set(files.map((file) => file.replace(/^package\/dist\/.*?(\.d)?\./, '*$1.')));
    const whole = ['package/LICENSE', 'package/README.md', 'package/package.json'];
    expect([...kinds].sort()).toEqual(['*.d.ts', '*.js', ...whole]);
    expect(files).toContain('package/dist/index.d.ts');
    expect(files).toContain('package/dist/webhooks/index.d.ts');
  });

  it('needs no other package', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.sideEffects).toBe(false);
  });

  it('calls the API from plain node', () => {
    const printed = run(`
      import { Imprest, ConnectionError } from '@imprest/sdk';
      const fetch = async (url, { headers }) =>
        Response.json({ available: 7, asked: url, key: headers.authorization });
      const imprest = new Imprest({ baseUrl: 'https://imprest.example.com/', apiKey: 'k1', fetch });
      console.log(JSON.stringify(await imprest.account.balance()), ConnectionError.name);
    `);
    const asked = 'https://imprest.example.com/v1/balance';
    expect(printed).toBe(`{"available":7,"asked":"${asked}","key":"Bearer k1"} ConnectionError\n`);
  });

  it('checks webhooks through an export of its own', () => {
    const printed = run(`
      import { verifyXmode } from '@imprest/sdk/webhooks';
      try { verifyXmode({ headers: {}, rawBody: '' }, 'secret'); } catch (error) { console.log(error.code); }
    `);
    expect(printed).toBe('header_missing\n');
  });

  it('leaves Node out of what browsers load', () => {
    const printed = run(`
      import { readFileSync } from 'node:fs';
      const seen = new Set();
      const load = (url) => {
        if (seen.has(url.href)) return;
        seen.add(url.href);
        for (const [, from] of readFileSync(url, 'utf8').matchAll(/ from '([^']+)'/g)) {
          if (from.startsWith('.')) load(new URL(from, url)); else console.log(from);
        }
      };
      load(new URL(import.meta.resolve('@imprest/sdk')));
      console.log(seen.size > 10);
    `);
    expect(printed).toBe('true\n');
  });
});
