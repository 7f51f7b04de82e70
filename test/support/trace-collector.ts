import { LocalHttpServer } from './local-http-server.js';

interface Span {
  readonly traceId: string;
  readonly name: string;
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: {
      readonly attributes: readonly {
        readonly key: string;
        readonly value: { readonly stringValue?: string };
      }[];
    };
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** Takes spans by OTLP over HTTP, as a collector does. */
export class TraceCollector {
  private constructor(private readonly server: LocalHttpServer) {}

  static async start(): Promise<TraceCollector> {
    const headers = { 'content-type': 'application/json' };
    return new TraceCollector(
      await LocalHttpServer.start(() => ({ status: 200, headers, body: '{}' })),
    );
  }

  get environment(): Readonly<Record<string, string>> {
    return { OTEL_EXPORTER_OTLP_ENDPOINT: this.server.url };
  }

  /** `service: span` of everything that has come for one trace. */
  spansOf(traceId: string): readonly string[] {
    const exports = this.server.received.map(({ body }) => JSON.parse(body.toString()) as Export);
    return exports.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ resource, scopeSpans }) => {
        const service = resource.attributes.find(({ key }) => key === 'service.name');
        return scopeSpans
          .flatMap(({ spans }) => spans)
          .filter((span) => span.traceId === traceId)
          .map(({ name }) => `${service?.value.stringValue}: ${name}`);
      }),
    );
  }

  stop(): Promise<void> {
    return this.server.stop();
  }
}
