/** The part of Deno this function uses; Node's tools know the rest of its world as web standards. */
declare const Deno: {
  serve(answer: (request: Request) => Promise<Response>): unknown;
  env: { get(name: string): string | undefined };
};
