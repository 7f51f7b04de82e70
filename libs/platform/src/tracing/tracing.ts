/** W3C Trace Context, version 00: what stands for a span between processes, in metadata and in headers. */
export type Traceparent = string;

export interface SpanDescription {
  /** Low in number: no ids. */
  readonly name: string;
  readonly kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  /** No prompt, e-mail, URL or secret ever. */
  readonly attributes?: Readonly<Record<string, string | number>>;
}

export interface OpenSpan {
  /** For whatever this span leads to; undefined when the trace is not recorded. */
  readonly traceparent: Traceparent | undefined;
  /** @param status of an HTTP answer, when it was one */
  end(failure?: unknown, status?: number): void;
}

/**
 * Traces, passed on by hand: a span's traceparent travels in events' metadata, orders and headers, never in
 * the background, so that commands which share one append keep their traces apart.
 */
export interface Tracing {
  readonly enabled: boolean;
  /** Continues a trace, or begins one when there is none to continue. */
  begin(span: SpanDescription, parent: Traceparent | undefined): OpenSpan;
  /**
   * Does the work in a span below `parent`; without a parent just does it. The work is given what to pass on.
   */
  within<T>(
    span: SpanDescription,
    parent: Traceparent | undefined,
    work: (traceparent: Traceparent | undefined) => Promise<T>,
  ): Promise<T>;
  /** Sends what has not been sent. Bounded in time, and never fails. */
  close(): Promise<void>;
}

const nothing: OpenSpan = { traceparent: undefined, end: () => {} };

/** Records nothing and passes on what it is given. */
export const noTracing: Tracing = {
  enabled: false,
  begin: () => nothing,
  within: (_span, parent, work) => work(parent),
  close: async () => {},
};
