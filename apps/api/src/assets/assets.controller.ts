import { Readable } from 'node:stream';
import {
  AssetErased,
  AssetMissing,
  CLOCK,
  type Clock,
  DomainFailure,
  EncryptedAssets,
  type OpenAsset,
  SECRETS,
  type Secrets,
  verifyAssetUrl,
} from '@imprest/application';
import { domainError } from '@imprest/domain';
import { assetUrlKey } from '@imprest/generation-records';
import { Describes, Public } from '@imprest/platform';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assetOperations } from '../openapi/operations/assets.js';
import { byteRange } from './byte-range.js';

const EXTENSIONS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/webp': 'webp',
  'video/mp4': 'mp4',
};

/** Serves images and clips to whoever holds a signed URL. Forged, expired and erased ones look the same: gone. */
@Controller('assets')
@Describes(assetOperations)
export class AssetsController {
  constructor(
    private readonly assets: EncryptedAssets,
    @Inject(SECRETS) private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get(':id')
  @Public()
  async get(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    const verdict = verifyAssetUrl(request.url, [assetUrlKey(this.secrets)], now);
    if (!verdict.valid) throw gone();
    const asset = await this.open(verdict.assetId);
    const extension = EXTENSIONS[asset.mediaType] ?? 'bin';
    reply.headers({
      'content-type': asset.mediaType,
      'cache-control': `private, max-age=${Math.max(0, verdict.expiresAt - now)}, immutable`,
      'content-disposition': `inline; filename="${verdict.assetId}.${extension}"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'accept-ranges': 'bytes',
    });
    const range = byteRange(request.headers.range, asset.size);
    if (range === 'unsatisfiable') {
      reply.header('content-range', `bytes */${asset.size}`);
      return void reply.status(416).send();
    }
    if (range === undefined) {
      reply.header('content-length', asset.size);
      return void reply.status(200).send(Readable.from(asset.read()));
    }
    const { start, end } = range;
    reply.header('content-range', `bytes ${start}-${end}/${asset.size}`);
    reply.header('content-length', end - start + 1);
    reply.status(206).send(Readable.from(asset.read(range)));
  }

  private async open(assetId: string): Promise<OpenAsset> {
    try {
      return await this.assets.open(assetId);
    } catch (error) {
      if (error instanceof AssetMissing || error instanceof AssetErased) throw gone();
      throw error;
    }
  }
}

function gone(): DomainFailure {
  return new DomainFailure(domainError('not_found', 'this image URL is not valid, or no longer'));
}
