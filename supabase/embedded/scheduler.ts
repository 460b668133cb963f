import { type Database, DatabaseError } from './database/database.ts';
import { identifier } from './database/literal.ts';

/** A function of the database to call again and again. It is passed over while it does not exist. */
export interface Task {
  schema: string;
  /** Takes no arguments. */
  name: string;
  everyMs: number;
}

/** Functions the migrations may bring, and the server's own. */
export const TASKS: Task[] = [
  { schema: 'private', name: 'tick', everyMs: 60_000 },
  { schema: 'private', name: 'prune', everyMs: 3_600_000 },
];

/** Messages older than this are of no use to anyone: clients ask for changes by number. */
const PRUNE_MESSAGES = "delete from realtime.messages where inserted_at < now() - interval '1 hour'";
const PRUNE_EVERY_MS = 600_000;
const TASK_MS = 60_000;

/** Calls each task at its interval; a task never overlaps itself. Gives what stops it and waits for those running. */
export function startScheduler(
  db: Database,
  tasks: Task[],
  log: (line: string) => void,
): () => Promise<void> {
  const stops = [
    ...tasks.map((task) => repeat(task.everyMs, () => call(db, task, log))),
    repeat(PRUNE_EVERY_MS, () => db.query(PRUNE_MESSAGES).catch(() => {})),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
}

async function call(db: Database, task: Task, log: (line: string) => void): Promise<void> {
  try {
    const { rows } = await db.query('select to_regprocedure($1) is not null as there', [
      `${task.schema}.${task.name}()`,
    ]);
    if (rows[0]?.['there'] === true)
      await db.script(`select ${identifier(task.schema)}.${identifier(task.name)}()`, TASK_MS);
  } catch (error) {
    log(
      `scheduler: ${task.schema}.${task.name} failed (${error instanceof DatabaseError ? error.code : 'internal error'})`,
    );
  }
}

/** Runs `work` again `everyMs` after it ended, until it is stopped. */
function repeat(everyMs: number, work: () => Promise<unknown>): () => Promise<void> {
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(() => {
      running = work().finally(() => {
        if (!stopped) next();
      });
    }, everyMs);
    timer.unref();
  };
  next();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
  };
}
