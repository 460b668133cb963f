/** What this project uses of a service worker; TypeScript's own library of it does not go together with the page's. */
export interface Waiting extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface Asked extends Waiting {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

export interface Told extends Waiting {
  readonly data: unknown;
  readonly source: Client | null;
}

export interface Client {
  readonly url: string;
  readonly visibilityState?: string;
  postMessage(message: unknown): void;
  focus?(): Promise<unknown>;
}

export interface Pushed extends Waiting {
  readonly data: { text(): string } | null;
}

export interface Clicked extends Waiting {
  readonly notification: { close(): void; readonly data: unknown };
}

interface Events {
  install: Waiting;
  activate: Waiting;
  fetch: Asked;
  message: Told;
  sync: Waiting & { readonly tag: string };
  push: Pushed;
  notificationclick: Clicked;
}

export interface WorkerScope {
  readonly location: Location;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(which?: object): Promise<readonly Client[]>;
    openWindow(url: string): Promise<unknown>;
  };
  readonly registration: { showNotification(title: string, options: object): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<Name extends keyof Events>(name: Name, hear: (event: Events[Name]) => void): void;
}

export const worker = globalThis as unknown as WorkerScope;
