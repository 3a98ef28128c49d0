import { fieldsFilledByGateway, pathParameters, takesQuery, type Operation } from '@parta/platform-contract';

export interface Answer {
  status: number;
  code: string | undefined;
  fields: string[];
  ms: number;
}

/** An input as the request that carries it: path, query and body as the operation's route has them. */
export async function send(
  url: string,
  operation: Operation,
  input: Record<string, unknown>,
  token: string | null,
): Promise<Answer> {
  const { method, path, upload } = operation.http!;
  const inPath = new Set(pathParameters(path));
  const filled = new Set(fieldsFilledByGateway(operation));
  const rest = Object.entries(input).filter(([name]) => !inPath.has(name) && !filled.has(name));
  const query = takesQuery(operation)
    ? rest.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')
    : '';
  const body =
    takesQuery(operation) || method === 'GET' ? undefined : JSON.stringify(Object.fromEntries(rest));
  const started = performance.now();
  const answer = await fetch(
    url + path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(input[name])) + (query && `?${query}`),
    {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(upload && { 'content-type': upload.contentType }),
        'idempotency-key': crypto.randomUUID(),
      },
      ...(body !== undefined && { body }),
      ...(upload && { body: 'no file' }),
    },
  );
  const text = await answer.text();
  let problem: { code?: string; fields?: { field: string }[]; error_description?: string } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    // A route that does not exist is answered with a page.
  }
  return {
    status: answer.status,
    code: problem.code,
    // OAuth's errors have no list of fields: the description names them (RFC 6749, 5.2).
    fields: problem.fields?.map((one) => one.field) ?? problem.error_description?.match(/\w+(?=:)/g) ?? [],
    ms: performance.now() - started,
  };
}

const encoded = (value: unknown): string => encodeURIComponent(String(value));
