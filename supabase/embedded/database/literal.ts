import { DatabaseError } from './database.ts';

/** A text as an SQL literal. PostgreSQL has no NUL character: such a text is refused with 22P05. */
export function literal(text: string): string {
  if (text.includes('\0'))
    throw new DatabaseError({ code: '22P05', message: 'unsupported Unicode escape sequence' });
  const quoted = text.replaceAll("'", "''");
  return text.includes('\\') ? ` E'${quoted.replaceAll('\\', '\\\\')}'` : `'${quoted}'`;
}

/** A name as an SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
