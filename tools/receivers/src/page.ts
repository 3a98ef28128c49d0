import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Inbox } from './inbox.js';

const HTML = `<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Что получили семьи</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.45 system-ui, sans-serif }
  body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem }
  h1 { font-size: 1.5rem; margin: 0 0 .25rem } p.about { opacity: .8; margin: 0 0 1rem }
  form { display: flex; gap: .5rem; flex-wrap: wrap; margin-bottom: 1rem }
  input, button { font: inherit; padding: .4rem .7rem }
  input { flex: 1 1 14rem }
  article { border: 1px solid #8886; border-radius: 8px; padding: .75rem 1rem; margin-bottom: .75rem }
  header { display: flex; gap: .75rem; flex-wrap: wrap; font-size: .875rem; opacity: .85 }
  h2 { font-size: 1rem; margin: .4rem 0 0 } pre { font: inherit; white-space: pre-wrap; margin: .4rem 0 0; overflow-wrap: anywhere }
</style></head><body><main>
<h1>Что получили семьи</h1>
<p class="about">Письма и СМС, которые Parta отправила по SMTP и SMPP на приёмники этой установки. В сеть они не уходят.</p>
<form><input type="search" name="q" aria-label="Поиск" placeholder="Адрес, номер или слово"><button type="button" id="clear">Очистить</button></form>
<p id="count" role="status"></p><div id="list"></div>
</main><script>
  const list = document.getElementById('list'), count = document.getElementById('count'), q = document.forms[0].q;
  let messages = [], last = '';
  const element = (name, text) => { const e = document.createElement(name); if (text) e.textContent = text; return e };
  function show() {
    const wanted = q.value.trim().toLowerCase();
    const shown = messages.filter((m) => !wanted || (m.to + ' ' + (m.subject || '') + ' ' + m.text).toLowerCase().includes(wanted));
    count.textContent = messages.length === 0 ? 'Пока ничего: поставьте отметку ученику, чьи родители подключили уведомления.' : 'Сообщений: ' + shown.length;
    list.replaceChildren(...shown.map((m) => {
      const article = element('article'), head = element('header');
      head.append(element('strong', m.channel === 'sms' ? 'СМС' : 'Письмо'), element('span', m.to), element('span', 'от ' + m.from),
        element('time', new Date(m.receivedAt).toLocaleTimeString('ru')));
      if (m.headers.parts > 1) head.append(element('span', 'частей: ' + m.headers.parts));
      article.append(head);
      if (m.subject) article.append(element('h2', m.subject));
      article.append(element('pre', m.text));
      return article;
    }));
  }
  async function load() {
    const body = await (await fetch('/received')).text();
    if (body !== last) { last = body; messages = JSON.parse(body); show() }
  }
  q.addEventListener('input', show);
  document.forms[0].addEventListener('submit', (e) => e.preventDefault());
  document.getElementById('clear').addEventListener('click', async () => { await fetch('/received', { method: 'DELETE' }); await load() });
  show(); load().catch(() => {}); setInterval(() => load().catch(() => {}), 1000);
</script></body></html>
`;

export interface InboxPage {
  url: string;
  stop(): Promise<void>;
}

/** The page «what families received», and the same as JSON at `/received` (`?to=` one address; DELETE clears). */
export async function startInboxPage(options: {
  port: number;
  host?: string;
  inbox: Inbox;
}): Promise<InboxPage> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://inbox');
    if (url.pathname === '/received' && request.method === 'DELETE') {
      options.inbox.clear();
      response.writeHead(204).end();
    } else if (url.pathname === '/received' && request.method === 'GET') {
      response
        .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' })
        .end(JSON.stringify(options.inbox.list(url.searchParams.get('to') ?? undefined)));
    } else if (url.pathname === '/' && request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(HTML);
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host ?? '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
