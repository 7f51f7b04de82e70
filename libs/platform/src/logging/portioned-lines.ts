import { pino } from 'pino';

const PORTION_CHARACTERS = 64 * 1024;
const LONGEST_WAIT_MS = 500;

type Destination = ReturnType<typeof pino.destination>;

/**
 * Collects log lines and hands them on in portions, so that a line costs neither a system call nor the
 * destination's bookkeeping of its own: that one measures what it holds with every write. A busy process
 * fills a portion in a fraction of a second, an idle one writes what there is.
 */
export class PortionedLines {
  private lines = '';

  constructor(private readonly destination: Destination) {
    setInterval(() => this.handOn(), LONGEST_WAIT_MS).unref();
    process.once('exit', () => this.flushSync());
  }

  write(line: string): void {
    this.lines += line;
    if (this.lines.length >= PORTION_CHARACTERS) this.handOn();
  }

  flush(done?: (error?: Error) => void): void {
    this.handOn();
    this.destination.flush(done);
  }

  flushSync(): void {
    this.handOn();
    this.destination.flushSync();
  }

  private handOn(): void {
    if (this.lines === '') return;
    this.destination.write(this.lines);
    this.lines = '';
  }
}
