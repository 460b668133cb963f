import type { FieldType, Option } from '../../core/archive/field.ts';
import type { Value } from '../../core/archive/merge.ts';

interface Named {
  code: string;
  name: string;
  name_en: string;
}

export interface SheetField extends Named {
  unit: string | null;
  unit_en: string | null;
  type: FieldType;
  options: readonly Option[] | null;
  value: Value;
  verified_at: string | null;
  verified_by: string | null;
  due: boolean;
}

interface Placed {
  id: number;
  kind_name: string;
  kind_name_en: string;
  state: string;
  version: number;
}

/** A courtyard's archive, as its sheet shows it. */
export interface SheetArchive {
  quarter: string | null;
  modules: (Named & { fields: SheetField[] })[];
  labels: (Named & {
    colour: string;
    reason: string | null;
    since: string;
    expires_at: string | null;
    derived: boolean;
  })[];
  resources: (Placed & { name: string; note: string | null })[];
  hazards: (Placed & {
    what: string;
    level: number;
    mender: string | null;
    due_at: string | null;
    issue_id: number | null;
  })[];
  contacts: {
    role: string;
    role_name: string;
    role_name_en: string;
    name: string | null;
    phone_masked: string | null;
  }[];
}

/** What the sheet reads and does; each may throw an ApiError. */
export interface ArchiveSource {
  read(yard: number): Promise<SheetArchive>;
  givable(): Promise<Named[]>;
  give(yard: number, label: string, reason: string): Promise<void>;
  take(yard: number, label: string, reason: string): Promise<void>;
  report(hazard: number, version: number): Promise<{ issue_id: number; number: string }>;
  offer(yard: number, resource: number, title: string, what: string): Promise<void>;
}
