import type { RawData, WebSocket } from 'ws';
import { Channel, type ChannelHost, JoinRefused } from './channel.ts';
import { decode, decodeBinary, encode, type Message, type Version } from './protocol.ts';

const MOST_CHANNELS = 100;
/** Realtime-js sends a heartbeat every 25 s; a socket silent for longer than this is gone. */
const SILENCE_MS = 60_000;
/** A client that cannot keep up is closed: it reconnects and asks for what it missed. */
const MOST_UNSENT_BYTES = 1024 * 1024;
/** Messages a client may send in a burst, and how many it regains each second. */
const BURST = 200;
const PER_SECOND = 50;

/** One client's WebSocket: its channels, its heartbeat and its limits. */
export class Socket {
  private readonly ws: WebSocket;
  private readonly version: Version;
  private readonly channels = new Map<string, Channel>();
  private readonly host: ChannelHost;
  private readonly log: (line: string) => void;
  private silence: NodeJS.Timeout;
  private allowance = BURST;
  private allowedAt = Date.now();
  private last: Promise<void> = Promise.resolve();
  private gone = false;

  private constructor(
    ws: WebSocket,
    version: Version,
    parts: Omit<ChannelHost, 'push' | 'close'>,
    log: (line: string) => void,
  ) {
    this.ws = ws;
    this.version = version;
    this.log = log;
    this.host = {
      ...parts,
      push: (channel, event, payload) =>
        this.send({ joinRef: channel.joinRef, ref: null, topic: channel.topic, event, payload }),
      close: (channel, reason) => this.closeChannel(channel, reason),
    };
    this.silence = this.watchSilence();
    ws.on('message', (data, isBinary) => this.received(data, isBinary));
    ws.on('error', () => ws.terminate());
  }

  /** Serves a socket until it closes. */
  static serve(
    ws: WebSocket,
    version: Version,
    parts: Omit<ChannelHost, 'push' | 'close'>,
    log: (line: string) => void,
  ): void {
    const socket = new Socket(ws, version, parts, log);
    ws.on('close', () => socket.end());
  }

  private received(data: RawData, isBinary: boolean): void {
    clearTimeout(this.silence);
    this.silence = this.watchSilence();
    if (!this.spend()) return this.ws.close(1008, 'too many messages');
    const bytes = Array.isArray(data)
      ? Buffer.concat(data)
      : data instanceof ArrayBuffer
        ? new Uint8Array(data)
        : data;
    const message = isBinary ? decodeBinary(bytes) : decode(bytes.toString(), this.version);
    if (!message) return this.ws.close(1003, 'not understood');
    if (message.event === 'heartbeat') return this.reply(message, 'ok', {});
    this.last = this.last.then(() => this.handle(message)).catch(() => this.failed(message));
  }

  private async handle(message: Message): Promise<void> {
    if (this.gone) return;
    if (message.event === 'phx_join') return this.join(message);
    const channel = this.channels.get(message.topic);
    if (!channel) return this.reply(message, 'error', { reason: 'unmatched topic' });
    switch (message.event) {
      case 'phx_leave':
        this.forget(channel);
        this.reply(message, 'ok', {});
        return this.send({
          joinRef: channel.joinRef,
          ref: channel.joinRef,
          topic: channel.topic,
          event: 'phx_close',
          payload: {},
        });
      case 'access_token':
        return channel.renew(message.payload);
      case 'broadcast': {
        const { allowed, acknowledge } = await channel.broadcast(message.payload);
        if (acknowledge)
          this.reply(message, allowed ? 'ok' : 'error', allowed ? {} : { reason: 'Unauthorized' });
        return;
      }
      default:
        return this.reply(message, 'error', { reason: `${message.event} is not supported` });
    }
  }

  private async join(message: Message): Promise<void> {
    if (!message.topic.startsWith('realtime:'))
      return this.reply(message, 'error', { reason: 'unmatched topic' });
    const before = this.channels.get(message.topic);
    if (before) this.forget(before);
    if (this.channels.size >= MOST_CHANNELS)
      return this.reply(message, 'error', { reason: 'ChannelRateLimitReached: Too many channels' });
    try {
      const channel = await Channel.join(
        this.host,
        message.topic,
        message.joinRef ?? message.ref,
        message.payload,
      );
      if (this.gone) return channel.leave();
      this.channels.set(message.topic, channel);
      this.reply(message, 'ok', { postgres_changes: [] });
    } catch (error) {
      if (!(error instanceof JoinRefused)) throw error;
      this.reply(message, 'error', { reason: error.message });
    }
  }

  /** Something broke that is not the client's fault: it may try the join again. */
  private failed(message: Message): void {
    this.log('realtime: a message could not be handled');
    this.reply(message, 'error', { reason: 'UnableToHandle: Try again' });
  }

  private closeChannel(channel: Channel, reason: string): void {
    if (this.channels.get(channel.topic) !== channel) return;
    this.forget(channel);
    const payload = { channel: channel.name, extension: 'system', message: reason, status: 'error' };
    this.send({ joinRef: channel.joinRef, ref: null, topic: channel.topic, event: 'system', payload });
    this.send({
      joinRef: channel.joinRef,
      ref: channel.joinRef,
      topic: channel.topic,
      event: 'phx_close',
      payload: {},
    });
  }

  private forget(channel: Channel): void {
    channel.leave();
    this.channels.delete(channel.topic);
  }

  private reply(message: Message, status: 'ok' | 'error', response: unknown): void {
    this.send({
      joinRef: message.joinRef,
      ref: message.ref,
      topic: message.topic,
      event: 'phx_reply',
      payload: { status, response },
    });
  }

  private send(message: Message): void {
    if (this.ws.readyState !== this.ws.OPEN) return;
    if (this.ws.bufferedAmount > MOST_UNSENT_BYTES) return this.ws.terminate();
    this.ws.send(encode(message, this.version));
  }

  private spend(): boolean {
    const now = Date.now();
    this.allowance = Math.min(BURST, this.allowance + ((now - this.allowedAt) / 1000) * PER_SECOND);
    this.allowedAt = now;
    this.allowance -= 1;
    return this.allowance >= 0;
  }

  private watchSilence(): NodeJS.Timeout {
    return setTimeout(() => this.ws.terminate(), SILENCE_MS).unref();
  }

  private end(): void {
    this.gone = true;
    clearTimeout(this.silence);
    for (const channel of this.channels.values()) channel.leave();
    this.channels.clear();
  }
}
