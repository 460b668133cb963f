import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Tokens } from '../api/identity.ts';
import type { Database } from '../database/database.ts';
import { clientAddress } from '../http.ts';
import type { Keys } from '../keys.ts';
import { Hub } from './hub.ts';
import type { Version } from './protocol.ts';
import { Socket } from './socket.ts';

const MESSAGE_BYTES = 64 * 1024;
const MOST_SOCKETS = 2_000;
const MOST_SOCKETS_OF_ONE = 200;

/** Serves `/realtime/v1/websocket` on the HTTP server: broadcast channels as realtime-js speaks them. */
export async function attachRealtime(
  server: Server,
  parts: { db: Database; keys: Keys; tokens: Tokens; log: (line: string) => void },
): Promise<{ close(): void }> {
  const { db, keys, tokens, log } = parts;
  const hub = new Hub(db);
  await hub.listen();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });
  const perClient = new Map<string, number>();
  // Messages sent while the database was reopening are lost: clients that reconnect ask for what they missed.
  db.onReopen(() => closeAll(sockets, 1012, 'restarting'));

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const apiKey = url.searchParams.get('apikey') ?? '';
    const client = clientAddress(request);
    const open = perClient.get(client) ?? 0;
    if (url.pathname !== '/realtime/v1/websocket') return refuse(stream, 404);
    if (apiKey !== keys.anonKey && apiKey !== keys.serviceKey) return refuse(stream, 401);
    if (sockets.clients.size >= MOST_SOCKETS || open >= MOST_SOCKETS_OF_ONE) return refuse(stream, 503);
    const version: Version = url.searchParams.get('vsn') === '2.0.0' ? '2.0.0' : '1.0.0';
    sockets.handleUpgrade(request, stream, head, (ws) => {
      perClient.set(client, (perClient.get(client) ?? 0) + 1);
      ws.on('close', () => leave(perClient, client));
      Socket.serve(ws, version, { db, hub, tokens, apiKey }, log);
    });
  });
  return { close: () => closeAll(sockets, 1001, 'stopping') };
}

function closeAll(sockets: WebSocketServer, code: number, reason: string): void {
  for (const ws of sockets.clients) {
    ws.close(code, reason);
    setTimeout(() => ws.terminate(), 1_000).unref();
  }
}

function leave(perClient: Map<string, number>, client: string): void {
  const left = (perClient.get(client) ?? 1) - 1;
  if (left > 0) perClient.set(client, left);
  else perClient.delete(client);
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
