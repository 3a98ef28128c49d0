import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Objm, StorageType, type ObjectStore } from '@nats-io/obj';
import { DomainError } from '@parta/platform-errors';
import { v7 as uuidv7 } from 'uuid';
import type { Bus } from './bus.js';
import { patiently } from './replicas.js';

export interface StoredFile {
  id: string;
  /** bytes */
  size: number;
  /** hex */
  sha256: string;
}

const DAY_NS = 24 * 60 * 60 * 1e9;

/** Files on their way between the gateway and a service (roster packages, finished reports): a JetStream object store. */
export class FileStore {
  private constructor(private readonly store: ObjectStore) {}

  /** @param keepDays after which files of this bucket vanish by themselves */
  static async open(bus: Bus, bucket: string, keepDays: number): Promise<FileStore> {
    const stream = `OBJ_${bucket}`;
    const store = await patiently(() =>
      bus.replicas.make(stream, (replicas) =>
        new Objm(bus.jetStream).create(bucket, {
          ttl: keepDays * DAY_NS,
          storage: StorageType.File,
          replicas,
        }),
      ),
    );
    await bus.replicas.raise(stream);
    return new FileStore(store);
  }

  /**
   * Stores a stream.
   * @throws DomainError `request.body-too-large` beyond `maxBytes`, `request.body-empty` without a byte; nothing is kept then
   */
  async put(content: Readable, maxBytes: number): Promise<StoredFile> {
    const id = uuidv7();
    const hash = createHash('sha256');
    let size = 0;
    const measured = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > maxBytes) {
          done(
            new DomainError(
              'too-large',
              'request.body-too-large',
              `the body is larger than ${maxBytes} bytes`,
              {
                details: { maxBytes },
              },
            ),
          );
          return;
        }
        hash.update(chunk);
        done(null, chunk);
      },
    });
    const piping = pipeline(content, measured);
    const storing = this.store.put({ name: id }, Readable.toWeb(measured) as ReadableStream<Uint8Array>);
    const [piped, stored] = await Promise.allSettled([piping, storing]);
    const failure =
      piped.status === 'rejected' ? piped.reason : stored.status === 'rejected' ? stored.reason : null;
    if (failure || size === 0) {
      await this.delete(id);
      throw failure ?? new DomainError('invalid', 'request.body-empty', 'the body is empty');
    }
    return { id, size, sha256: hash.digest('hex') };
  }

  /** Writes a stored file to a local path; false when it is not there (any more). */
  async download(id: string, path: string): Promise<boolean> {
    const found = await this.store.get(id);
    if (!found) return false;
    await pipeline(Readable.fromWeb(found.data as never), createWriteStream(path));
    const error = await found.error;
    if (error) throw error;
    return true;
  }

  /** A stored file as a stream that fails when the file turns out damaged; null when it is not there (any more). */
  async stream(id: string): Promise<Readable | null> {
    const found = await this.store.get(id);
    if (!found) return null;
    return Readable.from(
      (async function* () {
        yield* Readable.fromWeb(found.data as never);
        const error = await found.error;
        if (error) throw error;
      })(),
      { objectMode: false },
    );
  }

  /** A stored file as a whole, for small ones; null when it is not there (any more). */
  async read(id: string): Promise<Buffer | null> {
    const found = await this.store.get(id);
    if (!found) return null;
    const content = await buffer(Readable.fromWeb(found.data as never));
    const error = await found.error;
    if (error) throw error;
    return content;
  }

  /** Removes a file; one that is not there is no trouble. */
  async delete(id: string): Promise<void> {
    await this.store.delete(id).catch(() => undefined);
  }
}

/** Bucket of roster packages between gateway and contingent. A parked package waits for a decision this long. */
export const UPLOADS = { bucket: 'parta-uploads', keepDays: 30 };
