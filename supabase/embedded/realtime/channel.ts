import * as v from 'valibot';
import { type Identity, TokenRefused, type Tokens } from '../api/identity.ts';
import type { Database } from '../database/database.ts';
import { mayUse } from './authorise.ts';
import type { Broadcast, Hub, Subscriber } from './hub.ts';

const JoinPayload = v.object({
  config: v.optional(
    v.object({
      broadcast: v.nullish(
        v.object({ self: v.optional(v.boolean(), false), ack: v.optional(v.boolean(), false) }),
      ),
      private: v.optional(v.boolean(), false),
    }),
    {},
  ),
  access_token: v.nullish(v.string()),
});
const TokenPayload = v.object({ access_token: v.nullable(v.string()) });
const BroadcastPayload = v.object({
  event: v.pipe(v.string(), v.maxLength(255)),
  payload: v.optional(v.unknown(), {}),
});

/** Longest timer Node keeps without overflowing. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** What a channel needs of its socket. */
export interface ChannelHost {
  db: Database;
  hub: Hub;
  tokens: Tokens;
  /** The API key the socket came with. */
  apiKey: string;
  push(channel: Channel, event: string, payload: unknown): void;
  /** Forgets the channel and tells the client. */
  close(channel: Channel, reason: string): void;
}

/** Why a join was refused, as the client sees it. */
export class JoinRefused extends Error {
  override readonly name = 'JoinRefused';
}

/** One joined topic of one socket. */
export class Channel implements Subscriber {
  readonly topic: string;
  readonly joinRef: string | null;
  private readonly host: ChannelHost;
  private readonly isPrivate: boolean;
  private readonly wantsOwn: boolean;
  private readonly wantsAck: boolean;
  private identity: Identity;
  private mayWrite: Promise<boolean> | undefined;
  private expiry: NodeJS.Timeout | undefined;

  private constructor(
    host: ChannelHost,
    topic: string,
    joinRef: string | null,
    payload: v.InferOutput<typeof JoinPayload>,
    identity: Identity,
  ) {
    this.host = host;
    this.topic = topic;
    this.joinRef = joinRef;
    this.identity = identity;
    this.isPrivate = payload.config.private ?? false;
    this.wantsOwn = payload.config.broadcast?.self ?? false;
    this.wantsAck = payload.config.broadcast?.ack ?? false;
  }

  /** Joins when the token is good and, for a private channel, the policies allow reading. Throws JoinRefused. */
  static async join(
    host: ChannelHost,
    topic: string,
    joinRef: string | null,
    raw: unknown,
  ): Promise<Channel> {
    const payload = v.safeParse(JoinPayload, raw);
    if (!payload.success) throw new JoinRefused('Malformed: the join payload is not understood');
    const identity = await identified(host.tokens, payload.output.access_token ?? host.apiKey);
    const channel = new Channel(host, topic, joinRef, payload.output, identity);
    if (channel.isPrivate && !(await mayUse(host.db, identity, channel.name, 'read')))
      throw unauthorised(channel.name);
    host.hub.join(channel.name, channel.isPrivate, channel);
    channel.watchExpiry();
    return channel;
  }

  /** The topic as the database knows it, e.g. `area:12`. */
  get name(): string {
    return this.topic.replace(/^realtime:/, '');
  }

  deliver(broadcast: Broadcast): void {
    this.host.push(this, 'broadcast', {
      type: 'broadcast',
      event: broadcast.event,
      payload: broadcast.payload,
    });
  }

  /** A fresh token: the channel goes on when it is good and still allowed. */
  async renew(raw: unknown): Promise<void> {
    const payload = v.safeParse(TokenPayload, raw);
    if (!payload.success || payload.output.access_token === null) return;
    try {
      const identity = await identified(this.host.tokens, payload.output.access_token);
      const changed =
        identity.claims['sub'] !== this.identity.claims['sub'] || identity.role !== this.identity.role;
      if (this.isPrivate && !(await mayUse(this.host.db, identity, this.name, 'read')))
        throw unauthorised(this.name);
      this.identity = identity;
      if (changed) this.mayWrite = undefined;
      this.watchExpiry();
    } catch (error) {
      if (!(error instanceof JoinRefused)) throw error;
      this.host.close(this, error.message);
    }
  }

  /** A client's broadcast: to everyone else on the channel, when its policies let this client write. Gives whether to say so. */
  async broadcast(raw: unknown): Promise<{ allowed: boolean; acknowledge: boolean }> {
    const payload = v.safeParse(BroadcastPayload, raw);
    if (!payload.success) return { allowed: false, acknowledge: this.wantsAck };
    if (this.isPrivate) this.mayWrite ??= mayUse(this.host.db, this.identity, this.name, 'write');
    const allowed = !this.isPrivate || ((await this.mayWrite) ?? false);
    if (allowed) {
      const { event, payload: content } = payload.output;
      this.host.hub.send(
        { topic: this.name, event, payload: content, private: this.isPrivate },
        this.wantsOwn ? undefined : this,
      );
    }
    return { allowed, acknowledge: this.wantsAck };
  }

  leave(): void {
    clearTimeout(this.expiry);
    this.host.hub.leave(this.name, this.isPrivate, this);
  }

  private watchExpiry(): void {
    clearTimeout(this.expiry);
    const left = this.identity.expiresAt - Date.now();
    if (left > LONGEST_TIMER_MS) return;
    this.expiry = setTimeout(() => this.host.close(this, 'Token has expired'), Math.max(0, left));
    this.expiry.unref();
  }
}

async function identified(tokens: Tokens, token: string): Promise<Identity> {
  try {
    return await tokens.identify(token);
  } catch (error) {
    if (!(error instanceof TokenRefused)) throw error;
    throw new JoinRefused(
      error.expired ? 'InvalidJWTToken: Token has expired' : 'InvalidJWTToken: Token is not accepted',
    );
  }
}

function unauthorised(topic: string): JoinRefused {
  return new JoinRefused(
    `Unauthorized: You do not have permissions to read from this Channel topic: ${topic}`,
  );
}
