// Preloaded into a program that listens where it likes: it listens on a free port of this machine only, and says which.
import { type AddressInfo, Server } from 'node:net';

const { listen } = Server.prototype;

Server.prototype.listen = function (this: Server, ...parameters: unknown[]): Server {
  const onListening = parameters.findLast((parameter) => typeof parameter === 'function') as (() => void) | undefined;
  return listen.call(this, { port: 0, host: '127.0.0.1' }, () => {
    console.log(`http://127.0.0.1:${(this.address() as AddressInfo).port} `);
    onListening?.();
  });
} as typeof listen;
