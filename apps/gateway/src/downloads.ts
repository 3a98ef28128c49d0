import { Injectable, StreamableFile } from '@nestjs/common';
import type { HttpRoute, StoredFileRef } from '@parta/platform-contract';
import { DomainError } from '@parta/platform-errors';
import { Bus, FileStore } from '@parta/platform-messaging';
import { contentDisposition } from './content-disposition.js';

type Download = NonNullable<HttpRoute['download']>;

/** Sends files that services have left in their buckets; the service has decided that this caller may have the file. */
@Injectable()
export class Downloads {
  private readonly stores = new Map<string, Promise<FileStore>>();

  constructor(private readonly bus: Bus) {}

  /** @throws DomainError `request.file-gone` when the bucket does not keep the file any more */
  async send({ bucket, keepDays }: Download, file: StoredFileRef): Promise<StreamableFile> {
    const content = await (await this.storeOf(bucket, keepDays)).stream(file.fileId);
    if (!content) throw new DomainError('gone', 'request.file-gone', 'the file is not kept any more');
    return new StreamableFile(content, {
      type: file.contentType,
      disposition: contentDisposition(file.name),
      length: file.size,
    });
  }

  private storeOf(bucket: string, keepDays: number): Promise<FileStore> {
    let store = this.stores.get(bucket);
    if (!store) {
      store = FileStore.open(this.bus, bucket, keepDays);
      store.catch(() => this.stores.delete(bucket));
      this.stores.set(bucket, store);
    }
    return store;
  }
}
