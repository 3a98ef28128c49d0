import { withSession } from './client';
import { plainFetch } from './transport';

/** Saves a file of the API under that name. A plain link cannot: the access token travels in a header. */
export async function download(url: string, name: string): Promise<void> {
  const content = await withSession(async (headers) =>
    (await plainFetch(new Request(url, { headers, cache: 'no-store' }))).blob(),
  );
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser reads the blob after this task; a minute is plenty.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
