import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';

/** CPU profiles of a stretch of this process's life, to be opened in a browser's developer tools. */
export class Profiler {
  private readonly session = new Session();

  async start(): Promise<void> {
    this.session.connect();
    await this.session.post('Profiler.enable');
    await this.session.post('Profiler.setSamplingInterval', { interval: 200 });
    await this.session.post('Profiler.start');
  }

  async write(path: string): Promise<void> {
    const { profile } = await this.session.post('Profiler.stop');
    this.session.disconnect();
    await writeFile(path, JSON.stringify(profile));
  }
}
