import { WebhookEndpoints } from '@imprest/application';
import { Describes, Public } from '@imprest/platform';
import { Controller, Get, Header } from '@nestjs/common';
import { PathId } from '../http/path-id.js';
import { publicKeysOperations } from '../openapi/operations/webhook-endpoints.js';
import { PUBLIC_KEYS_PATH } from './shown-endpoint.js';

/** What signatures of an endpoint are checked with. Nobody finds an endpoint here without knowing its id. */
@Controller(PUBLIC_KEYS_PATH)
@Describes(publicKeysOperations)
export class PublicKeysController {
  constructor(private readonly endpoints: WebhookEndpoints) {}

  /** Fresh enough for a rotation: the key before signs along for a day unless the tenant asks for less. */
  @Get(':tenantId/:id')
  @Public()
  @Header('cache-control', 'public, max-age=60')
  async keys(@PathId('tenantId') tenantId: string, @PathId('id') id: string) {
    const { scheme, publicKeys } = await this.endpoints.get(tenantId, id);
    return { scheme, keys: publicKeys };
  }
}
