import { type ErrorRenderer, renderNativeError } from './native-errors.js';

/** How each dialect words errors; the native dialect words those of routes that belong to none. */
export class ErrorTables {
  private readonly renderers = new Map<string, ErrorRenderer>();

  register(dialect: string, renderer: ErrorRenderer): void {
    this.renderers.set(dialect, renderer);
  }

  of(dialect: string | undefined): ErrorRenderer {
    return (dialect !== undefined && this.renderers.get(dialect)) || renderNativeError;
  }
}
