export { openTracing } from './open-tracing.js';
export { noTracing, type OpenSpan, type SpanDescription, type Tracing } from './tracing.js';
