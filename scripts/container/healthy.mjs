// Health check inside a container: exit code 0 when the process answers. `ready` asks whether it can do its work.
const { PORT = '8080', WORKER_HEALTH_PORT: port = PORT } = process.env;
const path = process.argv[2] === 'ready' ? 'readyz' : 'healthz';
try {
  const { ok } = await fetch(`http://127.0.0.1:${port}/${path}`, {
    signal: AbortSignal.timeout(5_000),
  });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
