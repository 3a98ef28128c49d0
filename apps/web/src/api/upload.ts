import { withSession } from './client';
import { ApiError } from './error';

interface UploadOptions {
  url: string;
  file: Blob;
  contentType: string;
  headers: Record<string, string>;
  signal: AbortSignal;
  onProgress(share: number): void;
}

/** XMLHttpRequest, because `fetch` tells nothing about the progress of an upload. */
export function upload<T>(options: UploadOptions): Promise<T> {
  return withSession((session) => send<T>({ ...options, headers: { ...options.headers, ...session } }));
}

function send<T>({ url, file, contentType, headers, signal, onProgress }: UploadOptions): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Content-Type', contentType);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as T);
      else {
        const id = request.getResponseHeader('x-correlation-id');
        reject(ApiError.of(request.status, request.responseText, id));
      }
    };
    request.onerror = () => reject(ApiError.unreachable());
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
