import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Operation } from '@parta/platform-contract';
import { DomainError, Unauthenticated } from '@parta/platform-errors';
import { Actor, assertAccess } from '@parta/platform-rpc';
import type { FastifyRequest } from 'fastify';
import { bearerOf } from './bearer.js';
import { EndedAccess } from './ended-access.js';
import { OPERATION } from './operation-controllers.js';
import { onlyFromOwnPages } from './own-pages.js';
import { RateLimits } from './rate-limits.js';

/** The check at the door: token, role, rate. The owning service checks again, and decides about the record. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly limits: RateLimits,
    private readonly ended: EndedAccess,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const operation = this.reflector.get<Operation>(OPERATION, context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest & { user?: Actor }>();
    // A token endpoint takes the client's credentials in this header.
    const token = operation.http!.isTokenEndpoint ? null : bearerOf(request);
    if (operation.http!.refreshCookie) onlyFromOwnPages(request);
    if (operation.access.kind === 'anyone') {
      if (operation.http!.refreshCookie !== 'uses' && operation.http!.refreshCookie !== 'closes')
        this.limits.countSignIn(request);
      return true;
    }
    if (!token) throw new Unauthenticated();
    await super.canActivate(context);
    const actor = request.user!;
    this.ended.mustBeOpen(actor);
    this.limits.countActor(actor);
    assertAccess(operation.access, actor, operation.name === 'change-password');
    return true;
  }

  override handleRequest<T>(error: unknown, user: T | false, info: unknown): T {
    if (error) throw error;
    if (info instanceof DomainError) throw info;
    if (!user) throw new Unauthenticated('access.token-invalid', 'the access token is not valid');
    return user;
  }
}
