import { Inject, Injectable } from '@nestjs/common';
import { REFRESH_COOKIE as NAME, type HttpRoute } from '@parta/platform-contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayConfig } from './gateway.config.js';
import { CONFIG } from './rate-limits.js';

const DEVICE = 'parta_device';
const DEVICE_SECONDS = 180 * 86_400;
const PATH = '/api/v1/session';

/**
 * The refresh token's cookie: httpOnly, for the session routes only, and never sent along from another site, which is
 * what keeps those routes safe from forged requests.
 */
@Injectable()
export class RefreshCookie {
  constructor(@Inject(CONFIG) private readonly config: GatewayConfig) {}

  read(request: FastifyRequest): string | undefined {
    return request.cookies[NAME];
  }

  /** Which browser this is to the accounts that have signed in with it; no more than the operation takes. */
  readDevice(request: FastifyRequest): string | undefined {
    return request.cookies[DEVICE]?.slice(0, 1000) || undefined;
  }

  /** Moves `refreshToken` and `device` from the answer into their cookies, or clears the first. */
  apply(
    use: NonNullable<HttpRoute['refreshCookie']>,
    output: Record<string, unknown>,
    reply: FastifyReply,
  ): void {
    const options = {
      path: PATH,
      httpOnly: true,
      secure: this.config.secureCookies,
      sameSite: 'strict' as const,
    };
    const token = output.refreshToken;
    delete output.refreshToken;
    const { device } = output;
    delete output.device;
    if (use === 'closes') reply.clearCookie(NAME, options);
    else if (typeof token === 'string') reply.setCookie(NAME, token, options);
    if (typeof device === 'string') reply.setCookie(DEVICE, device, { ...options, maxAge: DEVICE_SECONDS });
  }

  /** Clears the cookie of a session that has ended. */
  clear(reply: FastifyReply): void {
    reply.clearCookie(NAME, {
      path: PATH,
      httpOnly: true,
      secure: this.config.secureCookies,
      sameSite: 'strict',
    });
  }
}
