// Serves the page on a port of its own, as a site does that has its chat elsewhere.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

const novaUrl = process.env.NOVA_URL ?? 'http://127.0.0.1:8787';
const page = await readFile(new URL('index.html', import.meta.url), 'utf8');

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(page.replaceAll('http://127.0.0.1:8787', novaUrl));
});
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
