import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, request as send } from 'node:http';

/** Access tokens last ten minutes, a scan longer. */
const TOKEN_MS = 4 * 60_000;
/** What PostgreSQL and its drivers say; an answer that holds it has let an error through. */
const SQL_SPOKEN =
  /syntax error at or near|unterminated quoted|invalid input syntax|SQLSTATE|PostgresError|relation "\w+" does not exist|operator does not exist/i;

/**
 * A door in front of Parta for the scanners, which know nothing of its sign-in: `scan-as` names the role whose token the
 * request gets, every command gets an Idempotency-Key of its own (the answer to a known one is not worked out again), and
 * what Parta answers is counted for each operation.
 */
export async function openDoor(target) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const tokens = new Map();
  const answers = new Map();
  const broken = [];

  const signIn = async (role) => {
    const { login, password } = target.accounts.get(role);
    const answer = await fetch(`${target.url}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    });
    if (!answer.ok) throw new Error(`${role} cannot sign in: ${answer.status} ${await answer.text()}`);
    return (await answer.json()).accessToken;
  };
  const tokenOf = (role) => {
    const known = tokens.get(role);
    if (known && Date.now() - known.at < TOKEN_MS) return known.token;
    const token = signIn(role);
    tokens.set(role, { at: Date.now(), token });
    token.catch(() => tokens.delete(role));
    return token;
  };
  const count = (operation, status, sample) => {
    const counts = answers.get(operation) ?? new Map();
    counts.set(status, (counts.get(status) ?? 0) + 1);
    answers.set(operation, counts);
    // 503 is an answer with a code: a line is full, an upload has no room.
    if ((status >= 500 && status !== 503) || SQL_SPOKEN.test(sample.body))
      broken.push({ operation, status, ...sample });
  };

  const server = createServer(async (request, response) => {
    const { 'scan-as': role, 'scan-operation': operation = 'wapiti', ...headers } = request.headers;
    const body = [];
    for await (const chunk of request) body.push(chunk);
    try {
      if (role && target.accounts.has(role)) headers.authorization = `Bearer ${await tokenOf(role)}`;
    } catch (error) {
      count(operation, 599, { line: request.url, body: String(error) });
      return void response.writeHead(599).end(String(error));
    }
    if (request.method !== 'GET') headers['idempotency-key'] = randomUUID();
    headers['accept-encoding'] = 'identity';
    const onward = send(
      target.url + request.url,
      { method: request.method, headers, agent, insecureHTTPParser: true },
      (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => {
          // It is another in every refusal: sqlmap compares answers, and would take each for a new one.
          const text = Buffer.from(
            Buffer.concat(parts)
              .toString('latin1')
              .replace(/"correlationId":"[^"]*"/, '"correlationId":""'),
            'latin1',
          );
          const line = `${request.method} ${request.url}`.slice(0, 600);
          count(operation, answer.statusCode, {
            line,
            sent: Buffer.concat(body).toString().slice(0, 600),
            body: text.subarray(0, 4000).toString(),
          });
          const { 'transfer-encoding': _chunked, 'content-length': _length, ...back } = answer.headers;
          response.writeHead(answer.statusCode, back).end(text);
        });
      },
    );
    onward.on('error', (error) => {
      count(operation, 598, { line: request.url, body: String(error) });
      response.writeHead(502).end(String(error));
    });
    onward.end(Buffer.concat(body));
  });
  // What is tried is longer than what browsers send.
  server.maxHeadersCount = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${server.address().port}`;
  return {
    host,
    url: `http://${host}`,
    answers,
    broken,
    /** as this role, for finding records */
    async get(role, path) {
      const answer = await fetch(`http://${host}${path}`, { headers: { 'scan-as': role } });
      return answer.ok ? answer.json() : {};
    },
    async post(role, path, body) {
      const answer = await fetch(`http://${host}${path}`, {
        method: 'POST',
        headers: { 'scan-as': role, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return answer.json();
    },
    /** counts from here on */
    forget() {
      answers.clear();
      broken.length = 0;
    },
    async close() {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
