import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { type Context, Hono } from 'hono';

/** How long a client may take, in ms: to send its headers, its whole request (a photo on a poor network), between requests. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 180_000;
const KEEP_ALIVE_MS = 65_000;
const MOST_CONNECTIONS = 4_000;

/** The port is taken. */
export class PortInUse extends Error {
  override readonly name = 'PortInUse';
}

/** A Node server for the app, not yet listening, with limits for slow and oversized clients. */
export function httpServer(app: Hono, log: (line: string) => void): Server {
  app.onError((error, c) => {
    log(`http: ${error.name}`);
    return c.json({ code: 'SUP', message: 'internal_error', details: null, hint: null }, 500);
  });
  const server = createServer(
    {
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: 16 * 1024,
    },
    getRequestListener(app.fetch),
  );
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/** Starts listening; resolves with the port. Throws PortInUse. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new PortInUse(
              `Port ${port} is already in use. Choose another one with PORT, e.g. PORT=${port + 1} npm start.`,
            )
          : error,
      );
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Throws PortInUse before anything slow was begun. The port may still be taken later, by someone quicker. */
export async function checkPort(port: number, host: string): Promise<void> {
  if (port === 0) return;
  const probe = createServer();
  await listen(probe, port, host);
  await new Promise((done) => probe.close(done));
}

/** Stops taking connections and waits for the running requests, at most `graceMs`. */
export function stopListening(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** The address of the client; a proxy on this machine is believed about whom it speaks for. */
export function clientAddress(incoming: IncomingMessage): string {
  const direct = incoming.socket.remoteAddress ?? '';
  const forwarded = incoming.headers['x-forwarded-for'];
  const isLocal = /^(::1|(::ffff:)?127\.)/.test(direct);
  const last = String(forwarded ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  return isLocal && last ? last : direct;
}

export function clientOf(c: Context): string {
  const { incoming } = c.env as { incoming?: IncomingMessage };
  return incoming ? clientAddress(incoming) : '';
}
