import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { REPORT_FILES } from '@parta/contracts-reporting';
import { Bus, FileStore, type StoredFile } from '@parta/platform-messaging';
import type { Logger } from '@parta/platform-observability';
import { LOGGER } from '@parta/platform-rpc';

const MAX_BYTES = 64 * 1024 * 1024;

/** The bucket of finished reports. */
@Injectable()
export class ReportFiles {
  private store: Promise<FileStore> | undefined;

  constructor(
    private readonly bus: Bus,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async put(content: Buffer): Promise<StoredFile> {
    return (await this.open()).put(Readable.from([content]), MAX_BYTES);
  }

  /** Removes a file some time soon; one that stays behind vanishes by itself after its days. */
  forget(fileId: string): void {
    this.open()
      .then((store) => store.delete(fileId))
      .catch((error: unknown) =>
        this.logger.warn({ err: error, fileId }, 'a report file stays until it expires'),
      );
  }

  private open(): Promise<FileStore> {
    this.store ??= FileStore.open(this.bus, REPORT_FILES.bucket, REPORT_FILES.keepDays).catch(
      (error: unknown) => {
        this.store = undefined;
        throw error;
      },
    );
    return this.store;
  }
}
