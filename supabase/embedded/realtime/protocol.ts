import * as v from 'valibot';

/** A message of the Phoenix channels protocol. `joinRef` names the join it belongs to, `ref` the request it answers. */
export interface Message {
  joinRef: string | null;
  ref: string | null;
  topic: string;
  event: string;
  payload: unknown;
}

/** 1.0.0 sends objects, 2.0.0 (realtime-js's default) arrays, and a client's broadcasts as binary. */
export type Version = '1.0.0' | '2.0.0';

const Ref = v.nullish(v.pipe(v.union([v.string(), v.number()]), v.transform(String)), null);
const Topic = v.pipe(v.string(), v.maxLength(255));
const Event = v.pipe(v.string(), v.maxLength(255));
const ArrayMessage = v.pipe(v.string(), v.parseJson(), v.tuple([Ref, Ref, Topic, Event, v.unknown()]));
const ObjectMessage = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({ join_ref: Ref, ref: Ref, topic: Topic, event: Event, payload: v.unknown() }),
);

/** Reads a text frame; undefined when it is no message. */
export function decode(text: string, version: Version): Message | undefined {
  if (version === '2.0.0') {
    const parsed = v.safeParse(ArrayMessage, text);
    if (!parsed.success) return undefined;
    const [joinRef, ref, topic, event, payload] = parsed.output;
    return { joinRef, ref, topic, event, payload };
  }
  const parsed = v.safeParse(ObjectMessage, text);
  if (!parsed.success) return undefined;
  const { join_ref: joinRef, ref, topic, event, payload } = parsed.output;
  return { joinRef, ref, topic, event, payload };
}

const USER_BROADCAST_PUSH = 3;
const JSON_ENCODING = 1;
const HEADER_BYTES = 7;

/** Reads a binary frame, which holds a client's broadcast; undefined for any other kind. */
export function decodeBinary(frame: Uint8Array): Message | undefined {
  const [kind, joinRefLength = 0, refLength = 0, topicLength = 0, eventLength = 0, metaLength = 0, encoding] =
    frame;
  if (kind !== USER_BROADCAST_PUSH || encoding !== JSON_ENCODING) return undefined;
  const text = new TextDecoder();
  let at = HEADER_BYTES;
  const take = (length: number) => text.decode(frame.subarray(at, (at += length)));
  const joinRef = take(joinRefLength);
  const ref = take(refLength);
  const topic = take(topicLength);
  const event = take(eventLength);
  at += metaLength;
  const payload = v.safeParse(v.pipe(v.string(), v.parseJson()), text.decode(frame.subarray(at)));
  if (!payload.success) return undefined;
  return {
    joinRef: joinRef || null,
    ref: ref || null,
    topic,
    event: 'broadcast',
    payload: { type: 'broadcast', event, payload: payload.output },
  };
}

export function encode(message: Message, version: Version): string {
  const { joinRef, ref, topic, event, payload } = message;
  return JSON.stringify(
    version === '2.0.0'
      ? [joinRef, ref, topic, event, payload]
      : { join_ref: joinRef, ref, topic, event, payload },
  );
}
