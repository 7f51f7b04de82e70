import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { Config } from '../config/index.js';

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'apiKey',
  'key',
  'prompt',
  'email',
  'endUserEmail',
  'signature',
];

const PORTION_BYTES = 64 * 1024;
const LONGEST_WAIT_MS = 500;

/** The time of a line, spelt out once a millisecond. */
function isoTime(): () => string {
  let spelt = '';
  let speltAtMs = Number.NaN;
  return () => {
    const nowMs = Date.now();
    if (nowMs !== speltAtMs) {
      speltAtMs = nowMs;
      spelt = `,"time":"${new Date(nowMs).toISOString()}"`;
    }
    return spelt;
  };
}

/**
 * JSON lines on standard output, written in portions so that a log line costs no system call of its
 * own. A busy process fills a portion in a fraction of a second, an idle one writes what there is.
 */
export function createLogger(config: Pick<Config, 'logLevel'>): Logger {
  const destination = pino.destination({
    dest: 1,
    sync: false,
    minLength: PORTION_BYTES,
    maxWrite: 2 * PORTION_BYTES,
  });
  const flush = setInterval(() => destination.flush(), LONGEST_WAIT_MS);
  flush.unref();
  const paths = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);
  const options = {
    level: config.logLevel,
    base: undefined,
    timestamp: isoTime(),
    redact: { paths, censor: '[redacted]' },
  };
  return pino(options, destination);
}

/** Nest's own messages in the same log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }
}
