import { fastifyStatic } from '@fastify/static';
import { DomainFailure } from '@imprest/application';
import { domainError } from '@imprest/domain';
import { CONFIG, type Config, Describes, Public } from '@imprest/platform';
import { Controller, Get, Inject, type OnModuleInit, Param, Res } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { BuiltFiles, CONSOLE_FOLDER } from './built-files.js';
import { pageHeaders } from './page-headers.js';

const YEAR = '365d';

/** The console as the build made it. The same files for everybody: what they show comes from the API. */
@Controller('console')
@Describes({ start: 'internal', page: 'internal' })
export class ConsolePageController implements OnModuleInit {
  private readonly files: BuiltFiles;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(
    private readonly http: HttpAdapterHost,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.files = BuiltFiles.in(CONSOLE_FOLDER);
    this.headers = pageHeaders(config.publicUrl);
  }

  onModuleInit(): void {
    if (this.files.isEmpty || !this.config.console.enabled) return;
    const instance: FastifyInstance = this.http.httpAdapter.getInstance();
    instance.register(fastifyStatic, { root: CONSOLE_FOLDER, serve: false, preCompressed: true });
  }

  @Get()
  @Public()
  start(@Res() reply: FastifyReply): void {
    this.send('', reply);
  }

  @Get('*')
  @Public()
  page(@Param('*') path: string, @Res() reply: FastifyReply): void {
    this.send(path, reply);
  }

  private send(path: string, reply: FastifyReply): void {
    const file = this.config.console.enabled ? this.files.at(path) : undefined;
    if (file === undefined) {
      throw new DomainFailure(domainError('not_found', 'the console has no such page or file'));
    }
    if (this.files.isEmpty) {
      const message = 'the console has not been built: stop, `npm run build`, start again';
      throw new DomainFailure(domainError('unavailable', message));
    }
    reply.headers(this.headers);
    if (file.immutable) {
      reply.sendFile(file.name, { immutable: true, maxAge: YEAR });
    } else {
      reply.header('cache-control', 'no-cache').sendFile(file.name, { cacheControl: false });
    }
  }
}
