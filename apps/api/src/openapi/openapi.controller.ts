import { asyncApiDocument } from '@imprest/event-catalogue';
import { Describes, Public } from '@imprest/platform';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { openApiDocument } from './document.js';
import { descriptionOperations } from './operations/descriptions.js';
import { REFERENCE_POLICY, referencePage } from './reference-page.js';
import { StaticContent } from './static-content.js';

/** The API as a document for programs and as a page for people, of whatever this process is made of. */
@Controller()
@Describes(descriptionOperations)
export class OpenApiController {
  private documentContent: Promise<StaticContent> | undefined;
  private eventsContent: Promise<StaticContent> | undefined;
  private scriptContent: Promise<StaticContent> | undefined;
  private readonly pageContent = StaticContent.of(referencePage, 'text/html; charset=utf-8');

  constructor(private readonly modules: ModulesContainer) {}

  @Get('openapi.json')
  @Public()
  async document(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.documentContent ??= StaticContent.of(
      JSON.stringify(openApiDocument(this.controllers())),
      'application/json; charset=utf-8',
    );
    (await this.documentContent).send(request, reply);
  }

  @Get('asyncapi.json')
  @Public()
  async events(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.eventsContent ??= StaticContent.of(
      JSON.stringify(asyncApiDocument({ title: 'Imprest events', version: '1' })),
      'application/json; charset=utf-8',
    );
    (await this.eventsContent).send(request, reply);
  }

  @Get('docs')
  @Public()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    reply.header('content-security-policy', REFERENCE_POLICY);
    reply.header('referrer-policy', 'no-referrer');
    (await this.pageContent).send(request, reply);
  }

  @Get('docs/reference.js')
  @Public()
  async reference(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.scriptContent ??= loadScript();
    (await this.scriptContent).send(request, reply);
  }

  private controllers() {
    const found = [...this.modules.values()].flatMap(({ controllers }) => [
      ...controllers.values(),
    ]);
    return found.flatMap(({ metatype }) =>
      typeof metatype === 'function' ? [metatype as never] : [],
    );
  }
}

/** Four megabytes that a process needs only once someone opens the page. */
async function loadScript(): Promise<StaticContent> {
  const { referenceScript } = await import('./reference-script.js');
  return StaticContent.of(await referenceScript(), 'text/javascript; charset=utf-8');
}
