import {
  type ApiKeyAuthenticator,
  type Clock,
  DomainFailure,
  type Principal,
  type RateVerdict,
} from '@imprest/application';
import { domainError, type Operator } from '@imprest/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OperatorKeys } from '../config/index.js';
import { answerRateVerdict, type RequestRates } from '../rate-limits/index.js';
import { type Access, BY_HANDLER } from './access.js';
import { type ConsoleGate, type ConsoleTarget, consoleTarget } from './console/index.js';
import { nativeDialect } from './dialect.js';
import { isSameSecret } from './same-secret.js';

type Done = (error?: Error) => void;
type TenantAccess = Extract<Access, { kind: 'tenant' }>;

const unauthorized = () =>
  new DomainFailure(
    domainError('unauthorized', 'send a valid key as Authorization: Bearer <key> or x-api-key'),
  );

/** The key of a request, in whichever of the two headers it came. */
export function presentedKey(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  if (authorization?.slice(0, 7).toLowerCase() === 'bearer ') return authorization.slice(7).trim();
  const key = request.headers['x-api-key'];
  return typeof key === 'string' ? key : undefined;
}

/** Decides on every request before its body is read. Nothing passes that its route does not allow. */
export class AccessHook {
  constructor(
    private readonly authenticator: ApiKeyAuthenticator,
    private readonly keys: OperatorKeys,
    private readonly clock: Clock,
    private readonly rates: RequestRates,
    private readonly used: (principal: Principal, nowMs: number) => void,
    private readonly console: ConsoleGate,
  ) {}

  readonly handle = (request: FastifyRequest, reply: FastifyReply, done: Done): void => {
    reply.header('x-request-id', request.id);
    const { access } = request.routeOptions.config;
    const target = consoleTarget(request.raw);
    if (target !== undefined) return this.throughConsole(target, access, request, reply, done);
    if (access === undefined || access.kind === 'public') return done();
    if (access.kind === 'visitor' || access.kind === 'session') {
      return void this.consoleOwn(access, request).then(() => done(), done);
    }
    const key = presentedKey(request);
    if (access.kind === 'worker') {
      return done(isSameSecret(key, this.keys.workerKey) ? undefined : unauthorized());
    }
    if (access.kind === 'operator') {
      request.operator = this.operator(key);
      return done(request.operator === null ? unauthorized() : undefined);
    }
    if (key === undefined) return done(unauthorized());
    const found = this.authenticator.authenticate(key);
    if (!(found instanceof Promise)) return this.admit(found, access, request, reply, done);
    found.then(
      (principal) => this.admit(principal, access, request, reply, done),
      (error) => done(error),
    );
  };

  /** Keys and the routes' own URLs mean nothing here: the session alone says who it is. */
  private throughConsole(
    target: ConsoleTarget,
    access: Access | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
    done: Done,
  ): void {
    // What a person may see must not stay behind in the browser.
    reply.header('cache-control', 'no-store').header('x-content-type-options', 'nosniff');
    if (access !== undefined && access.kind !== 'public' && access.kind !== target.kind) {
      return done(new DomainFailure(domainError('not_found', 'the console has no such route')));
    }
    if (target.kind === 'operator') {
      const area = access?.kind === 'operator' ? access.area : 'any';
      this.console.operator(request, area).then((operator) => {
        request.operator = operator;
        done();
      }, done);
      return;
    }
    this.console.member(request, target.tenantId).then((principal) => {
      if (access?.kind !== 'tenant') return done();
      this.admit(principal, access, request, reply, done);
    }, done);
  }

  private async consoleOwn(
    access: Extract<Access, { kind: 'visitor' | 'session' }>,
    request: FastifyRequest,
  ): Promise<void> {
    if (access.kind === 'visitor') this.console.visitor(request);
    else await this.console.session(request, access.pending);
  }

  /** Every key is compared, so that the time it takes does not tell which one came close. */
  private operator(key: string | undefined): Operator | null {
    const [found] = this.keys.operators.filter((operator) => isSameSecret(key, operator.key));
    return found === undefined ? null : { name: found.name, personal: found.personal };
  }

  private admit(
    principal: Principal | undefined,
    access: TenantAccess,
    request: FastifyRequest,
    reply: FastifyReply,
    done: Done,
  ): void {
    if (principal === undefined) return done(unauthorized());
    const { name } = request.routeOptions.config.dialect ?? nativeDialect;
    const enter = (verdict?: RateVerdict) => {
      let refusal: Error | undefined;
      try {
        if (verdict !== undefined) answerRateVerdict(verdict, reply);
        this.enter(principal, access, request);
      } catch (error) {
        refusal = error as Error;
      }
      done(refusal);
    };
    if (access.bucket === BY_HANDLER) return enter();
    const verdict = this.rates.take(principal, access.bucket, name);
    if (!(verdict instanceof Promise)) return enter(verdict);
    verdict.then(enter, (error) => done(error));
  }

  /** @throws DomainFailure forbidden */
  private enter(principal: Principal, { scope }: TenantAccess, request: FastifyRequest): void {
    if (!principal.scopes.has(scope)) {
      const whose = principal.member === undefined ? 'this key' : 'your role';
      const message = `${whose} lacks the scope ${scope}`;
      throw new DomainFailure(domainError('forbidden', message, { details: { scope } }));
    }
    this.used(principal, this.clock.now().getTime());
    request.principal = principal;
  }
}
