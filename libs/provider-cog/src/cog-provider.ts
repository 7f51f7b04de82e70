import type {
  GenerationProvider,
  ProviderStanding,
  RenderContext,
  RenderRequest,
} from '@imprest/application';
import { Cancellations, ProviderHttp, partFor } from '@imprest/provider-http';
import { type CogOptions, type CogSettings, settingsOf } from './cog-options.js';
import { LinkedOutputs } from './predicting/linked-outputs.js';
import { Rendering } from './predicting/rendering.js';
import { CogApi } from './protocol/cog-api.js';
import { standingOf } from './standing/server-standing.js';

/**
 * Renders through a model that was packaged with Cog. There is no asking for a prediction that was lost: its id is known only while
 * it runs, and asking with it later would run it again.
 */
export class CogProvider implements GenerationProvider {
  readonly name: string;
  private readonly settings: CogSettings;
  private readonly http: ProviderHttp;
  private readonly api: CogApi;
  private readonly outputs: LinkedOutputs;
  private readonly cancellations = new Cancellations();

  constructor(private readonly options: CogOptions) {
    const { name = 'cog', url, key } = options;
    this.name = name;
    this.settings = settingsOf(options);
    this.http = new ProviderHttp({
      ...{ provider: name, url, deadlines: this.settings.deadlines },
      ...(key !== undefined && { key }),
    });
    this.api = new CogApi(this.http, this.settings.busyMs);
    this.outputs = new LinkedOutputs(options, this.settings);
  }

  async render(request: RenderRequest, context: RenderContext): Promise<void> {
    const mapping = partFor(this.options.models, request);
    const { api, outputs, cancellations, settings } = this;
    const services = { api, outputs, cancellations, settings };
    await new Rendering(services, mapping, request, context).make();
  }

  standing(signal: AbortSignal): Promise<ProviderStanding> {
    return standingOf(this.api, this.options.models, signal);
  }

  async close(): Promise<void> {
    await this.cancellations.settled();
    await this.http.close();
    await this.outputs.close();
  }
}
