// Makes the secrets that docker-compose.yml mounts: node scripts/container/make-secrets.mjs [folder]
// What exists is left as it is. Keep a copy of master-key, without which all content is lost, and of seal-key,
// which signs the books.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = 'secrets'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
// The folder keeps others out; inside the containers every user has to read the files.
chmodSync(folder, 0o700);

function secret(name, make) {
  const path = join(folder, name);
  if (!existsSync(path)) {
    writeFileSync(path, `${make()}\n`, { mode: 0o644, flag: 'wx' });
    console.log(`${path} made`);
  }
  return readFileSync(path, 'utf8').trim();
}

const hex = (bytes) => () => randomBytes(bytes).toString('hex');
const password = secret('postgres-password', hex(24));
secret('database-url', () => `postgres://imprest:${password}@postgres:5432/imprest`);
secret('master-key', () => randomBytes(32).toString('base64'));
secret('admin-key', () => `imp_admin_${hex(32)()}`);
secret('worker-key', hex(32));
secret('seal-key', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).trim();
});
secret('s3-access-key', () => `imprest-${hex(6)()}`);
secret('s3-secret-key', hex(24));
