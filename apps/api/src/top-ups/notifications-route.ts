import { PaymentNotifications } from '@imprest/application';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export const NOTIFICATIONS_PATH = '/payments/v1/:provider/notifications';

const MOST_BYTES = 256 * 1024;

interface NotificationRequest {
  readonly Params: { readonly provider: string };
}

/**
 * `POST /payments/v1/:provider/notifications`, where payment providers tell that something happened. It stands apart
 * from the controllers because signatures are made over the raw body, and Fastify scopes parsers by plugin. It
 * is open to everyone: whoever cannot sign gets no further than the comparison of the signature.
 */
@Injectable()
export class NotificationsRoute implements OnModuleInit {
  constructor(
    private readonly notifications: PaymentNotifications,
    private readonly http: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    const fastify: FastifyInstance = this.http.httpAdapter.getInstance();
    fastify.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser(
        '*',
        { parseAs: 'buffer', bodyLimit: MOST_BYTES },
        (_request, body, done) => done(null, body),
      );
      scope.post<NotificationRequest>(
        NOTIFICATIONS_PATH,
        { config: { access: { kind: 'public' } } },
        (request) => this.receive(request),
      );
    });
  }

  private async receive(request: FastifyRequest<NotificationRequest>) {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { provider } = request.params;
    return { outcome: await this.notifications.receive(provider, body, request.headers) };
  }
}
