import * as v from 'valibot';
import type { Database } from '../database/database.ts';

/** A message on its way to those who joined its topic. */
export interface Broadcast {
  topic: string;
  event: string;
  payload: unknown;
  private: boolean;
}

export interface Subscriber {
  deliver(broadcast: Broadcast): void;
}

const Announced = v.pipe(
  v.string(),
  v.parseJson(),
  v.union([
    v.object({
      id: v.string(),
      topic: v.string(),
      event: v.nullable(v.string()),
      private: v.nullable(v.boolean()),
      payload: v.unknown(),
    }),
    v.object({ id: v.string() }),
  ]),
);
const Row = v.object({
  topic: v.string(),
  event: v.nullable(v.string()),
  private: v.nullable(v.boolean()),
  payload: v.unknown(),
});

/** Who listens to which topic. Messages come from the database as they are committed, and from clients. */
export class Hub {
  private readonly topics = new Map<string, Set<Subscriber>>();
  private readonly db: Database;

  constructor(db: Database) {
    this.db = db;
  }

  async listen(): Promise<void> {
    await this.db.listen('realtime_messages', (text) => void this.announced(text));
  }

  join(topic: string, isPrivate: boolean, subscriber: Subscriber): void {
    const key = topicKey(topic, isPrivate);
    const joined = this.topics.get(key) ?? new Set();
    this.topics.set(key, joined.add(subscriber));
  }

  leave(topic: string, isPrivate: boolean, subscriber: Subscriber): void {
    const key = topicKey(topic, isPrivate);
    const joined = this.topics.get(key);
    joined?.delete(subscriber);
    if (joined?.size === 0) this.topics.delete(key);
  }

  /** Hands the message to everyone on its topic but `sender`. */
  send(broadcast: Broadcast, sender?: Subscriber): void {
    for (const subscriber of this.topics.get(topicKey(broadcast.topic, broadcast.private)) ?? []) {
      if (subscriber !== sender) subscriber.deliver(broadcast);
    }
  }

  private async announced(text: string): Promise<void> {
    const parsed = v.safeParse(Announced, text);
    if (!parsed.success) return;
    const message = 'topic' in parsed.output ? parsed.output : await this.read(parsed.output.id);
    if (!message) return;
    this.send({
      topic: message.topic,
      event: message.event ?? '',
      payload: message.payload,
      private: message.private ?? false,
    });
  }

  /** A message too long for its announcement. */
  private async read(id: string): Promise<v.InferOutput<typeof Row> | undefined> {
    const { rows } = await this.db.query(
      'select topic, event, private, payload from realtime.messages where id = $1::uuid',
      [id],
    );
    const parsed = v.safeParse(Row, rows[0]);
    return parsed.success ? parsed.output : undefined;
  }
}

/** A public and a private channel of one name are two topics: what is sent to the one is never seen on the other. */
function topicKey(topic: string, isPrivate: boolean): string {
  return `${isPrivate ? 'private' : 'public'} ${topic}`;
}
