import {
  type CallStanding,
  type GenerationProvider,
  ProviderError,
  type ProviderStanding,
  type RenderContext,
  type RenderRequest,
} from '@imprest/application';
import { Cancellations, ProviderHttp, partFor } from '@imprest/provider-http';
import type { Agent } from 'undici';
import { type ComfyuiOptions, type ComfyuiSettings, settingsOf } from './comfyui-options.js';
import { ComfyuiApi } from './protocol/comfyui-api.js';
import { ProgressSocket, socketConnections } from './protocol/progress-socket.js';
import { Rendering, type RenderingServices } from './running/rendering.js';
import { planOf } from './running/run-plan.js';
import { standingOf } from './standing/server-standing.js';

/** Renders through a ComfyUI server by workflows of the operator. A request gives values for their slots, and nothing else. */
export class ComfyuiProvider implements GenerationProvider {
  readonly name: string;
  private readonly settings: ComfyuiSettings;
  private readonly http: ProviderHttp;
  private readonly sockets: Agent;
  private readonly api: ComfyuiApi;
  private readonly cancellations = new Cancellations();
  /** The model of the last run: the server keeps it in memory. */
  private loaded: string | undefined;

  constructor(private readonly options: ComfyuiOptions) {
    const { name = 'comfyui', url, key } = options;
    this.name = name;
    this.settings = settingsOf(options);
    const access = { url, ...(key !== undefined && { key }) };
    this.http = new ProviderHttp({
      ...{ provider: name, ...access, deadlines: this.settings.deadlines },
    });
    this.sockets = socketConnections();
    this.api = new ComfyuiApi(this.http);
  }

  async render(request: RenderRequest, context: RenderContext): Promise<void> {
    await this.rendering(request, context).make();
    this.loaded = request.model;
  }

  async lookup(request: RenderRequest, context: RenderContext): Promise<CallStanding> {
    try {
      return await this.rendering(request, context).resume();
    } catch (error) {
      if (error instanceof ProviderError && error.failureClass === 'unknown') return 'unknown';
      throw error;
    }
  }

  standing(signal: AbortSignal): Promise<ProviderStanding> {
    return standingOf(this.api, this.options.models, this.loaded, signal);
  }

  async close(): Promise<void> {
    await this.cancellations.settled();
    await this.http.close();
    if (!this.sockets.destroyed) await this.sockets.destroy();
  }

  private rendering(request: RenderRequest, context: RenderContext): Rendering {
    const { url, key, models } = this.options;
    const template = partFor(models, request);
    const target = { url, ...(key !== undefined && { key }) };
    const services: RenderingServices = {
      ...{ api: this.api, cancellations: this.cancellations, settings: this.settings },
      openSocket: () => new ProgressSocket(target, this.sockets),
    };
    return new Rendering(services, planOf(template, request), request, context);
  }
}
