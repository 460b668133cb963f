/** What one says of a resource or a hazard that is placed; all as typed. */
export interface PointFacts {
  /** Code of the kind. */
  kind: string;
  /** Its name; of a hazard what is dangerous. */
  said: string;
  note: string;
  level: string;
  mender: string;
  /** `2026-12-01` */
  due: string;
}
