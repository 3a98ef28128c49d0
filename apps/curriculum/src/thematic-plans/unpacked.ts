import yauzl, { type Entry, type ZipFile } from 'yauzl';

const MAX_ENTRIES = 500;

/**
 * Unpacks a ZIP file without keeping anything, to know what it comes to: a few megabytes may hold gigabytes, and what its
 * directory says of the sizes may be a lie.
 * @throws Error when it is no ZIP file, or comes to more than `maxBytes`
 */
export async function staysWithin(content: Buffer, maxBytes: number): Promise<void> {
  const zip = await new Promise<ZipFile>((resolve, reject) =>
    yauzl.fromBuffer(content, { lazyEntries: true }, (error, opened) =>
      error ? reject(error) : resolve(opened),
    ),
  );
  if (zip.entryCount > MAX_ENTRIES) throw new Error(`${zip.entryCount} entries`);
  let total = 0;
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve());
    zip.on('entry', (entry: Entry) =>
      zip.openReadStream(entry, (error, stream) => {
        if (error) return reject(error);
        stream.on('error', reject);
        stream.on('end', () => zip.readEntry());
        stream.on('data', (chunk: Buffer) => {
          total += chunk.length;
          if (total > maxBytes) stream.destroy(new Error(`more than ${maxBytes} bytes unpacked`));
        });
      }),
    );
    zip.readEntry();
  });
}
