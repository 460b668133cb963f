import type { Palette } from './palette.ts';

/** Radius of a cluster's disc in CSS pixels, by how many it holds. */
export const clusterRadii = [15, 18, 22, 27] as const;

export const clusterSize = (count: number): number => Math.min(3, Math.floor(Math.log10(Math.max(1, count))));

/** How much of a cluster is late, in eighths; one late issue among many still shows. */
export const lateShare = (late: number, count: number): number =>
  late === 0 ? 0 : Math.max(1, Math.min(8, Math.round((8 * late) / count)));

/** A light disc in a ring; the part of the ring that is late is thicker and red. */
export function drawCluster(
  pen: CanvasRenderingContext2D,
  size: number,
  late: number,
  palette: Palette,
): void {
  const radius = clusterRadii[size] ?? clusterRadii[0];
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.fillStyle = palette.surface;
  pen.fill();
  pen.beginPath();
  pen.arc(0, 0, radius - 2, 0, 2 * Math.PI);
  pen.lineWidth = 2;
  pen.strokeStyle = palette.pin.indigo;
  pen.stroke();
  if (late === 0) return;
  pen.beginPath();
  pen.arc(0, 0, radius - 2, -Math.PI / 2, -Math.PI / 2 + (late / 8) * 2 * Math.PI);
  pen.lineWidth = 4;
  pen.lineCap = late < 8 ? 'round' : 'butt';
  pen.strokeStyle = palette.pin.door;
  pen.stroke();
}
