import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import yauzl, { type Entry, type Options, type ZipFile } from 'yauzl';

// The published types describe yauzl 2; these are the parts of version 3 used here.
declare module 'yauzl' {
  interface ZipFile {
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }
  function fromBufferPromise(buffer: Buffer, options: Options): Promise<ZipFile>;
}

/** The XML parts of an XLSX file by their path, as they are: nobody's reading of them. */
export async function xmlOf(content: Buffer): Promise<Map<string, string>> {
  const zip: ZipFile = await yauzl.fromBufferPromise(content, { lazyEntries: true } satisfies Options);
  const parts = new Map<string, string>();
  for await (const entry of zip.eachEntry() as AsyncIterable<Entry>) {
    if (entry.fileName.endsWith('.xml'))
      parts.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  }
  return parts;
}
