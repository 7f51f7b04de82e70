import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';
import type { Config } from '../config/index.js';
import { PortionedLines } from './portioned-lines.js';

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

/** JSON lines on standard output. */
export function createLogger(config: Pick<Config, 'logLevel'>): Logger {
  const destination = new PortionedLines(pino.destination({ dest: 1, sync: false, minLength: 1 }));
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
