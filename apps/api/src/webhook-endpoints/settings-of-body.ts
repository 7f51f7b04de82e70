import type { OpenSettings } from '@imprest/application';
import type { EndpointChangesBody } from './requests.js';

/** What a body says; what it leaves out is not among it. */
export function settingsOfBody(body: EndpointChangesBody): Partial<OpenSettings> {
  const { url, events, headers, ordering, perSecond, concurrency, retryDelays } = body;
  return {
    ...(url !== undefined && { url }),
    ...(events !== undefined && { events: [...new Set(events)] }),
    ...(headers !== undefined && { headers }),
    ...(ordering !== undefined && { ordering }),
    ...(perSecond !== undefined && { perSecond: perSecond === 0 ? null : perSecond }),
    ...(concurrency !== undefined && { concurrency }),
    ...(retryDelays !== undefined && {
      retryDelays: retryDelays.length === 0 ? null : retryDelays,
    }),
  };
}
