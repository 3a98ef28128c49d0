import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@parta/platform-errors';
import type { Actor } from '@parta/platform-rpc';
import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from './gateway.config.js';

export const CONFIG = Symbol.for('parta:gateway-config');

const WINDOW_MS = 60_000;
const KEYS_KEPT = 100_000;

interface Window {
  startedAt: number;
  count: number;
}

/**
 * Limits that need to know who is calling, which @fastify/rate-limit (used for addresses) cannot: it counts before the
 * token is verified, and a forged subject would be a fresh allowance.
 */
@Injectable()
export class RateLimits {
  private readonly windows = new Map<string, Window>();

  constructor(@Inject(CONFIG) private readonly config: GatewayConfig) {}

  /** @throws DomainError `request.rate-limited` with `details.retryAfter` in seconds */
  countActor(actor: Actor): void {
    this.count(`actor:${actor.id}`, this.config.requestsPerMinute);
  }

  /** @throws DomainError `request.rate-limited` with `details.retryAfter` in seconds */
  countSignIn(request: FastifyRequest): void {
    this.count(`sign-in:${request.ip}`, this.config.signInsPerMinutePerAddress);
  }

  private count(key: string, max: number): void {
    // A clock that is set back must not make a minute longer.
    const now = performance.now();
    let window = this.windows.get(key);
    if (!window || now - window.startedAt >= WINDOW_MS) {
      if (this.windows.size >= KEYS_KEPT) this.windows.clear();
      window = { startedAt: now, count: 0 };
      this.windows.set(key, window);
    }
    window.count += 1;
    if (window.count <= max) return;
    const retryAfter = Math.ceil((window.startedAt + WINDOW_MS - now) / 1000);
    throw new DomainError('too-many', 'request.rate-limited', 'too many requests', {
      details: { retryAfter },
    });
  }
}
