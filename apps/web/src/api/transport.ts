import { ApiError } from './error';

/** `fetch` that throws an ApiError for every answer that is not a success, and for no answer at all. */
export async function plainFetch(request: Request): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw ApiError.unreachable();
  }
  if (!response.ok) throw await ApiError.from(response);
  return response;
}

/** The body of an answer of openapi-fetch; failures have been thrown by the transport already. */
export async function bodyOf<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}
