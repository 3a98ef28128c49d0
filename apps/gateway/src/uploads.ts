import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Operation, UploadedFile } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { FileStore, type StoredFile } from '@parta/platform-messaging';
import type { Actor } from '@parta/platform-rpc';
import type { FastifyRequest } from 'fastify';
import type { GatewayConfig } from './gateway.config.js';
import { CONFIG } from './rate-limits.js';

const RETRY_AFTER_SECONDS = 5;

/** Takes files in for the services. Each sender has few under way: a file is bytes on the way to the disk for as long as it comes. */
@Injectable()
export class Uploads {
  private readonly underWay = new Map<string, number>();

  constructor(
    private readonly files: FileStore,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  /**
   * Stores the body of a request and hands it to its service; what nobody is going to read any more is not kept.
   * @throws DomainError `request.unsupported-media-type`, `request.too-many-uploads`, as `FileStore.put`, and as the service
   */
  async handOver(
    operation: Operation,
    request: FastifyRequest & { user?: Actor },
    answer: (file: UploadedFile) => Promise<object>,
  ): Promise<object> {
    const { contentType, maxBytes, isReadLater } = operation.http!.upload!;
    const given = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
    if (given !== contentType) {
      throw new DomainError('invalid', 'request.unsupported-media-type', `the body has to be ${contentType}`);
    }
    const { id, sha256, size } = await this.store(request.user!, request.body as Readable, maxBytes);
    try {
      const output = await answer({ uploadId: id, sha256, size });
      if (!isReadLater) await this.files.delete(id);
      return output;
    } catch (error) {
      // After a timeout the service may still come to read it.
      if (error instanceof DomainError && error.kind !== 'unavailable') await this.files.delete(id);
      throw error;
    }
  }

  private async store(sender: Actor, content: Readable, maxBytes: number): Promise<StoredFile> {
    const leave = this.enter(sender.id);
    try {
      return await this.files.put(content, maxBytes);
    } finally {
      leave();
    }
  }

  private enter(sender: string): () => void {
    const max = this.config.uploadsAtOnce;
    const count = this.underWay.get(sender) ?? 0;
    if (count >= max)
      throw new DomainError('too-many', 'request.too-many-uploads', 'too many uploads at once', {
        details: { max, retryAfter: RETRY_AFTER_SECONDS },
      });
    this.underWay.set(sender, count + 1);
    return () => {
      const left = this.underWay.get(sender)! - 1;
      if (left > 0) this.underWay.set(sender, left);
      else this.underWay.delete(sender);
    };
  }
}
