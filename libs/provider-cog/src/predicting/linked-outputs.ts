import { ProviderError } from '@imprest/application';
import { ProviderHttp, refusal, type ScannedFile } from '@imprest/provider-http';
import type { CogOptions, CogSettings } from '../cog-options.js';

/** Outputs that a server has put elsewhere: where the operator has told it to, and nowhere else. */
export class LinkedOutputs {
  private readonly http: ProviderHttp | undefined;
  private readonly base: string | undefined;

  constructor(
    { name = 'cog', outputUrl }: CogOptions,
    private readonly settings: CogSettings,
  ) {
    this.base = outputUrl?.replace(/\/+$/, '');
    if (this.base === undefined) return;
    const { deadlines } = settings;
    this.http = new ProviderHttp({ provider: `${name} outputs`, url: this.base, deadlines });
  }

  /** @throws ProviderError of class `model` for a link to anywhere else, and for a file that is too large */
  async bytesOf({ bytes, link }: ScannedFile, signal: AbortSignal): Promise<Uint8Array> {
    if (link === undefined) return bytes;
    const path = this.pathOf(link);
    if (this.http === undefined || path === undefined) {
      throw new ProviderError('model', 'an output is a link that outputUrl does not allow');
    }
    const answer = await this.http.send({ method: 'GET', path, signal });
    if (!answer.isSuccess) throw await refusal(answer);
    return answer.bytes(this.settings.mostFileBytes);
  }

  async close(): Promise<void> {
    await this.http?.close();
  }

  /** Below the base as a URL reads it: dots that lead out of it count. */
  private pathOf(link: string): string | undefined {
    if (this.base === undefined || !URL.canParse(link)) return undefined;
    const { href } = new URL(link);
    const base = new URL(`${this.base}/`).href;
    return href.startsWith(base) ? href.slice(base.length - 1) : undefined;
  }
}
