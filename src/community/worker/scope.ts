/** What this worker uses of its scope; TypeScript's own library of it does not go together with the page's. */
interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Events {
  install: Waiting;
  activate: Waiting;
  fetch: Waiting & { readonly request: Request; respondWith(answer: Promise<Response>): void };
  message: Waiting & { readonly data: unknown };
}
interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Events>(name: Name, hear: (event: Events[Name]) => void): void;
}

export const worker = globalThis as unknown as WorkerScope;
