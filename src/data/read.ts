/** A few hundred bytes of checking for what the resident's page gets: valibot would be a tenth of that page. */
import type { Geometry } from 'geojson';
import { ApiError, isRecord } from '../core/api-error.ts';

function unreadable(): ApiError {
  return new ApiError(502, 'server_down');
}

/** An object, or an ApiError: an answer of another shape is the server's fault. */
export function readable(raw: unknown): Record<string, unknown> {
  if (!isRecord(raw)) throw unreadable();
  return raw;
}

export function text(raw: unknown, name: string): string {
  const value = readable(raw)[name];
  if (typeof value !== 'string') throw unreadable();
  return value;
}

export function maybe(raw: unknown, name: string): string | null {
  const value = readable(raw)[name];
  return typeof value === 'string' ? value : null;
}

export function number(raw: unknown, name: string): number {
  const value = readable(raw)[name];
  if (typeof value !== 'number') throw unreadable();
  return value;
}

export function flag(raw: unknown, name: string): boolean {
  return readable(raw)[name] === true;
}

export function list(raw: unknown, name: string): readonly unknown[] {
  const value: unknown = readable(raw)[name];
  if (!Array.isArray(value)) throw unreadable();
  return value;
}

export function point(raw: unknown, name: string): [lng: number, lat: number] {
  const [lng, lat] = list(raw, name);
  if (typeof lng !== 'number' || typeof lat !== 'number') throw unreadable();
  return [lng, lat];
}

const isArea = (value: unknown): value is Geometry =>
  isRecord(value) && /^(Multi)?Polygon$/.test(String(value['type'])) && Array.isArray(value['coordinates']);

/** A GeoJSON polygon or multipolygon; null when there is none. */
export function geometry(raw: unknown, name: string): Geometry | null {
  const value = readable(raw)[name];
  return isArea(value) ? value : null;
}
