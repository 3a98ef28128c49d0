import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { JetStreamApiError, jetstream } from '@nats-io/jetstream';
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
const FULL_RETRY_AFTER_SECONDS = 600;
/** Somebody waits for the file; what a node took along with it is never answered, and an election takes up to ten seconds. */
const FIND = { askAgainMs: 1000, patienceMs: 15_000 };

/** JSAccountResourcesExceeded, JSInsufficientResources, JSStorageResourcesExceeded, JSStreamStoreFailed (such as «maximum bytes exceeded»). */
const NO_SPACE = [10002, 10023, 10047, 10077];

const isNoSpace = (error: unknown): boolean =>
  error instanceof JetStreamApiError && NO_SPACE.includes(error.code);

/** Files on their way between the gateway and a service (roster packages, finished reports): a JetStream object store. */
export class FileStore {
  private constructor(
    private readonly store: ObjectStore,
    private readonly finding: ObjectStore,
    private readonly bus: Bus,
    private readonly bucket: string,
  ) {}

  /**
   * @param keepDays after which files of this bucket vanish by themselves
   * @param maxBytes of all its files; who does not say leaves it as it is
   */
  static async open(bus: Bus, bucket: string, keepDays: number, maxBytes?: number): Promise<FileStore> {
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
    if (maxBytes !== undefined) await limit(bus, stream, maxBytes);
    const finding = await new Objm(jetstream(bus.nats, { timeout: FIND.askAgainMs })).open(bucket, false);
    return new FileStore(store, finding, bus, bucket);
  }

  /**
   * Stores a stream.
   * @throws DomainError `request.body-too-large` beyond `maxBytes`, `request.body-empty` without a byte, `request.uploads-full`
   *   when the bucket holds all it may; nothing is kept then
   */
  async put(content: Readable, maxBytes: number): Promise<StoredFile> {
    const id = uuidv7();
    const hash = createHash('sha256');
    let size = 0;
    const measured = (async function* () {
      // Not destroyed with the loop: a request that is destroyed takes its answer along.
      for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
        size += chunk.length;
        if (size > maxBytes) throw tooLarge(maxBytes);
        hash.update(chunk);
        yield chunk;
      }
    })();
    try {
      await this.store.put({ name: id }, ReadableStream.from(measured) as ReadableStream<Uint8Array>);
      if (size === 0) throw new DomainError('invalid', 'request.body-empty', 'the body is empty');
    } catch (error) {
      await measured.return();
      content.resume();
      await this.delete(id);
      throw isNoSpace(error) ? full() : error instanceof JetStreamApiError ? unavailable(error) : error;
    }
    return { id, size, sha256: hash.digest('hex') };
  }

  /** Writes a stored file to a local path; false when it is not there (any more). */
  async download(id: string, path: string): Promise<boolean> {
    const found = await this.find(id);
    if (!found) return false;
    await pipeline(Readable.fromWeb(found.data as never), createWriteStream(path));
    const error = await found.error;
    if (error) throw error;
    return true;
  }

  /** A stored file as a stream that fails when the file turns out damaged; null when it is not there (any more). */
  async stream(id: string): Promise<Readable | null> {
    const found = await this.find(id);
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
    const found = await this.find(id);
    if (!found) return null;
    const content = await buffer(Readable.fromWeb(found.data as never));
    const error = await found.error;
    if (error) throw error;
    return content;
  }

  /** A node of NATS that ends may have led the bucket; another is elected meanwhile, and asking again is safe. */
  private find(id: string): ReturnType<ObjectStore['get']> {
    return patiently(() => this.finding.get(id), FIND.patienceMs);
  }

  /** Removes a file; one that is not there is no trouble. */
  async delete(id: string): Promise<void> {
    try {
      const info = await this.store.info(id);
      if (!info || info.deleted) return;
      // The store marks it as deleted before it frees the space, and a bucket that is full takes no mark.
      await this.bus.manager.streams.purge(`OBJ_${this.bucket}`, {
        filter: `$O.${this.bucket}.C.${info.nuid}`,
      });
      await this.store.delete(id);
    } catch {
      // It vanishes by itself, later.
    }
  }
}

/** A server that has not so much space to promise refuses by itself, and earlier. */
async function limit(bus: Bus, stream: string, maxBytes: number): Promise<void> {
  try {
    await patiently(async () => {
      const { config } = await bus.manager.streams.info(stream);
      if (config.max_bytes !== maxBytes) await bus.manager.streams.update(stream, { max_bytes: maxBytes });
    });
  } catch (error) {
    if (!isNoSpace(error)) throw error;
  }
}

const tooLarge = (maxBytes: number): DomainError =>
  new DomainError('too-large', 'request.body-too-large', `the body is larger than ${maxBytes} bytes`, {
    details: { maxBytes },
  });

const full = (): DomainError =>
  new DomainError('unavailable', 'request.uploads-full', 'there is no room for another upload', {
    details: { retryAfter: FULL_RETRY_AFTER_SECONDS },
  });

/** NATS runs and its store does not: it was started on a full disk, or elects. */
const unavailable = (error: JetStreamApiError): DomainError =>
  new DomainError('unavailable', 'service.unavailable', error.message, { cause: error });

/** Bucket of roster packages between gateway and contingent. A parked package waits for a decision this long. */
export const UPLOADS = { bucket: 'parta-uploads', keepDays: 30 };
