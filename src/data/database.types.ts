// Made by `npm run types` from the migrations; a test compares them.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      archive_fields: {
        Row: {
          active: boolean;
          code: string;
          every_months: number | null;
          formula: Json | null;
          high: number | null;
          low: number | null;
          module: string;
          name: string;
          name_en: string;
          note: string | null;
          on_map: boolean;
          options: Json | null;
          owner: string;
          sensitivity: string;
          sort: number;
          source: string;
          type: string;
          unit: string | null;
          unit_en: string | null;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          code: string;
          every_months?: number | null;
          formula?: Json | null;
          high?: number | null;
          low?: number | null;
          module: string;
          name: string;
          name_en: string;
          note?: string | null;
          on_map?: boolean;
          options?: Json | null;
          owner: string;
          sensitivity: string;
          sort?: number;
          source: string;
          type: string;
          unit?: string | null;
          unit_en?: string | null;
          version?: number;
        };
        Update: {
          active?: boolean;
          code?: string;
          every_months?: number | null;
          formula?: Json | null;
          high?: number | null;
          low?: number | null;
          module?: string;
          name?: string;
          name_en?: string;
          note?: string | null;
          on_map?: boolean;
          options?: Json | null;
          owner?: string;
          sensitivity?: string;
          sort?: number;
          source?: string;
          type?: string;
          unit?: string | null;
          unit_en?: string | null;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'archive_fields_module_fkey';
            columns: ['module'];
            isOneToOne: false;
            referencedRelation: 'archive_modules';
            referencedColumns: ['code'];
          },
        ];
      };
      archive_modules: {
        Row: {
          code: string;
          name: string;
          name_en: string;
          sort: number;
        };
        ComputedFields: never;
        Insert: {
          code: string;
          name: string;
          name_en: string;
          sort: number;
        };
        Update: {
          code?: string;
          name?: string;
          name_en?: string;
          sort?: number;
        };
        Relationships: [];
      };
      areas: {
        Row: {
          boundary: unknown;
          boundary_note: string | null;
          code: string;
          id: number;
          level: string;
          name: string;
          name_en: string | null;
          parent_id: number | null;
          path: number[];
          version: number;
        };
        ComputedFields: never;
        Insert: {
          boundary?: unknown;
          boundary_note?: string | null;
          code: string;
          id?: number;
          level: string;
          name: string;
          name_en?: string | null;
          parent_id?: number | null;
          path?: number[];
          version?: number;
        };
        Update: {
          boundary?: unknown;
          boundary_note?: string | null;
          code?: string;
          id?: number;
          level?: string;
          name?: string;
          name_en?: string | null;
          parent_id?: number | null;
          path?: number[];
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'areas_parent_id_fkey';
            columns: ['parent_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      calendar_days: {
        Row: {
          day: string;
          name: string | null;
          working: boolean;
        };
        ComputedFields: never;
        Insert: {
          day: string;
          name?: string | null;
          working: boolean;
        };
        Update: {
          day?: string;
          name?: string | null;
          working?: boolean;
        };
        Relationships: [];
      };
      categories: {
        Row: {
          accept_minutes: number;
          active: boolean;
          class: string;
          clock: string;
          code: string;
          department_id: number | null;
          dispatch_minutes: number;
          duty: string | null;
          handle_minutes: number;
          keywords: string[];
          level: string;
          name: string;
          name_en: string;
          sort: number;
          urgency: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          accept_minutes: number;
          active?: boolean;
          class: string;
          clock?: string;
          code: string;
          department_id?: number | null;
          dispatch_minutes: number;
          duty?: string | null;
          handle_minutes: number;
          keywords?: string[];
          level?: string;
          name: string;
          name_en: string;
          sort?: number;
          urgency?: string;
          version?: number;
        };
        Update: {
          accept_minutes?: number;
          active?: boolean;
          class?: string;
          clock?: string;
          code?: string;
          department_id?: number | null;
          dispatch_minutes?: number;
          duty?: string | null;
          handle_minutes?: number;
          keywords?: string[];
          level?: string;
          name?: string;
          name_en?: string;
          sort?: number;
          urgency?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'categories_department_id_fkey';
            columns: ['department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'categories_duty_fkey';
            columns: ['duty'];
            isOneToOne: false;
            referencedRelation: 'duties';
            referencedColumns: ['code'];
          },
        ];
      };
      courtyard_codes: {
        Row: {
          checked_at: string | null;
          code: string;
          courtyard_id: number;
          created_at: string;
          place: string | null;
          replaced_by: string | null;
          revoked_at: string | null;
          revoked_reason: string | null;
        };
        ComputedFields: never;
        Insert: {
          checked_at?: string | null;
          code?: string;
          courtyard_id: number;
          created_at?: string;
          place?: string | null;
          replaced_by?: string | null;
          revoked_at?: string | null;
          revoked_reason?: string | null;
        };
        Update: {
          checked_at?: string | null;
          code?: string;
          courtyard_id?: number;
          created_at?: string;
          place?: string | null;
          replaced_by?: string | null;
          revoked_at?: string | null;
          revoked_reason?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'courtyard_codes_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'courtyard_codes_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'courtyard_codes_replaced_by_fkey';
            columns: ['replaced_by'];
            isOneToOne: false;
            referencedRelation: 'courtyard_codes';
            referencedColumns: ['code'];
          },
        ];
      };
      courtyard_successors: {
        Row: {
          courtyard_id: number;
          heir: boolean;
          successor_id: number;
        };
        ComputedFields: never;
        Insert: {
          courtyard_id: number;
          heir: boolean;
          successor_id: number;
        };
        Update: {
          courtyard_id?: number;
          heir?: boolean;
          successor_id?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'courtyard_successors_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'courtyard_successors_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'courtyard_successors_successor_id_fkey';
            columns: ['successor_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'courtyard_successors_successor_id_fkey';
            columns: ['successor_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
        ];
      };
      courtyards: {
        Row: {
          address: string;
          area_m2: number | null;
          code: string;
          community_id: number;
          created_at: string;
          ended_at: string | null;
          geom: unknown;
          grid_id: number;
          id: number;
          invented: boolean;
          kind: string;
          name: string;
          name_en: string | null;
          point: unknown;
          street_id: number;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          address: string;
          area_m2?: number | null;
          code: string;
          community_id: number;
          created_at?: string;
          ended_at?: string | null;
          geom?: unknown;
          grid_id: number;
          id?: number;
          invented?: boolean;
          kind?: string;
          name: string;
          name_en?: string | null;
          point: unknown;
          street_id: number;
          version?: number;
        };
        Update: {
          address?: string;
          area_m2?: number | null;
          code?: string;
          community_id?: number;
          created_at?: string;
          ended_at?: string | null;
          geom?: unknown;
          grid_id?: number;
          id?: number;
          invented?: boolean;
          kind?: string;
          name?: string;
          name_en?: string | null;
          point?: unknown;
          street_id?: number;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'courtyards_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'courtyards_grid_id_fkey';
            columns: ['grid_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'courtyards_street_id_fkey';
            columns: ['street_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      departments: {
        Row: {
          code: string;
          id: number;
          name: string;
          name_en: string;
          street_id: number;
        };
        ComputedFields: never;
        Insert: {
          code: string;
          id?: number;
          name: string;
          name_en: string;
          street_id: number;
        };
        Update: {
          code?: string;
          id?: number;
          name?: string;
          name_en?: string;
          street_id?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'departments_street_id_fkey';
            columns: ['street_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      duties: {
        Row: {
          active: boolean;
          code: string;
          instead: string | null;
          list: string;
          title: string;
          title_en: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          code: string;
          instead?: string | null;
          list: string;
          title: string;
          title_en: string;
          version?: number;
        };
        Update: {
          active?: boolean;
          code?: string;
          instead?: string | null;
          list?: string;
          title?: string;
          title_en?: string;
          version?: number;
        };
        Relationships: [];
      };
      field_checks: {
        Row: {
          code: string;
          parts: string[];
          whole: string;
        };
        ComputedFields: never;
        Insert: {
          code: string;
          parts: string[];
          whole: string;
        };
        Update: {
          code?: string;
          parts?: string[];
          whole?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'field_checks_whole_fkey';
            columns: ['whole'];
            isOneToOne: false;
            referencedRelation: 'archive_fields';
            referencedColumns: ['code'];
          },
        ];
      };
      hazards: {
        Row: {
          community_id: number;
          courtyard_id: number;
          created_at: string;
          due_at: string | null;
          ended_at: string | null;
          id: number;
          inspect_days: number;
          inspected_at: string;
          issue_id: number | null;
          kind: string;
          level: number;
          mender: string | null;
          point: unknown;
          state: string;
          updated_at: string;
          version: number;
          what: string;
        };
        ComputedFields: never;
        Insert: {
          community_id: number;
          courtyard_id: number;
          created_at: string;
          due_at?: string | null;
          ended_at?: string | null;
          id?: number;
          inspect_days: number;
          inspected_at: string;
          issue_id?: number | null;
          kind: string;
          level: number;
          mender?: string | null;
          point: unknown;
          state?: string;
          updated_at: string;
          version?: number;
          what: string;
        };
        Update: {
          community_id?: number;
          courtyard_id?: number;
          created_at?: string;
          due_at?: string | null;
          ended_at?: string | null;
          id?: number;
          inspect_days?: number;
          inspected_at?: string;
          issue_id?: number | null;
          kind?: string;
          level?: number;
          mender?: string | null;
          point?: unknown;
          state?: string;
          updated_at?: string;
          version?: number;
          what?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'hazards_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'hazards_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'hazards_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'hazards_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'hazards_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'hazards_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'hazards_kind_fkey';
            columns: ['kind'];
            isOneToOne: false;
            referencedRelation: 'place_kinds';
            referencedColumns: ['code'];
          },
        ];
      };
      issue_actions: {
        Row: {
          action: string;
          actor: string;
          condition: string | null;
          holder_level: string;
          is_public: boolean;
          may: string[];
          must: string[];
          outcome: string;
          sort: number;
          state: string;
          to_holder: string;
          to_state: string;
          to_step: string | null;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          actor: string;
          condition?: string | null;
          holder_level: string;
          is_public: boolean;
          may?: string[];
          must?: string[];
          outcome?: string;
          sort: number;
          state: string;
          to_holder: string;
          to_state: string;
          to_step?: string | null;
        };
        Update: {
          action?: string;
          actor?: string;
          condition?: string | null;
          holder_level?: string;
          is_public?: boolean;
          may?: string[];
          must?: string[];
          outcome?: string;
          sort?: number;
          state?: string;
          to_holder?: string;
          to_state?: string;
          to_step?: string | null;
        };
        Relationships: [];
      };
      issue_events: {
        Row: {
          action: string;
          actor: string;
          at: string;
          changes: NonNullable<Json>;
          from_area_id: number | null;
          from_department_id: number | null;
          from_level: string | null;
          from_state: string | null;
          hash: string;
          is_public: boolean;
          issue_id: number;
          office_area_id: number | null;
          office_department_id: number | null;
          payload: NonNullable<Json>;
          person_id: string | null;
          request_id: string | null;
          seq: number;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          actor: string;
          at: string;
          changes: NonNullable<Json>;
          from_area_id?: number | null;
          from_department_id?: number | null;
          from_level?: string | null;
          from_state?: string | null;
          hash: string;
          is_public: boolean;
          issue_id: number;
          office_area_id?: number | null;
          office_department_id?: number | null;
          payload?: NonNullable<Json>;
          person_id?: string | null;
          request_id?: string | null;
          seq: number;
        };
        Update: {
          action?: string;
          actor?: string;
          at?: string;
          changes?: NonNullable<Json>;
          from_area_id?: number | null;
          from_department_id?: number | null;
          from_level?: string | null;
          from_state?: string | null;
          hash?: string;
          is_public?: boolean;
          issue_id?: number;
          office_area_id?: number | null;
          office_department_id?: number | null;
          payload?: NonNullable<Json>;
          person_id?: string | null;
          request_id?: string | null;
          seq?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'issue_events_from_area_id_fkey';
            columns: ['from_area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issue_events_from_department_id_fkey';
            columns: ['from_department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issue_events_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issue_events_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'issue_events_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issue_events_office_area_id_fkey';
            columns: ['office_area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issue_events_office_department_id_fkey';
            columns: ['office_department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issue_events_person_id_fkey';
            columns: ['person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['id'];
          },
        ];
      };
      issue_photos: {
        Row: {
          by_resident: boolean;
          issue_id: number;
          path: string;
          promised_at: string;
        };
        ComputedFields: never;
        Insert: {
          by_resident?: boolean;
          issue_id: number;
          path: string;
          promised_at: string;
        };
        Update: {
          by_resident?: boolean;
          issue_id?: number;
          path?: string;
          promised_at?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'issue_photos_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issue_photos_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'issue_photos_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
        ];
      };
      issue_steps: {
        Row: {
          began_at: string;
          category: string;
          community_id: number;
          decided_at: string | null;
          department_id: number | null;
          due_at: string;
          ended_at: string | null;
          ended_by: string | null;
          holder_level: string;
          in_time: boolean | null;
          issue_id: number;
          paused_at: string | null;
          seq: number;
          step: string;
          street_id: number;
        };
        ComputedFields: never;
        Insert: {
          began_at: string;
          category: string;
          community_id: number;
          decided_at?: never;
          department_id?: number | null;
          due_at: string;
          ended_at?: string | null;
          ended_by?: string | null;
          holder_level: string;
          in_time?: never;
          issue_id: number;
          paused_at?: string | null;
          seq: number;
          step: string;
          street_id: number;
        };
        Update: {
          began_at?: string;
          category?: string;
          community_id?: number;
          decided_at?: never;
          department_id?: number | null;
          due_at?: string;
          ended_at?: string | null;
          ended_by?: string | null;
          holder_level?: string;
          in_time?: never;
          issue_id?: number;
          paused_at?: string | null;
          seq?: number;
          step?: string;
          street_id?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'issue_steps_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issue_steps_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'issue_steps_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
        ];
      };
      issues: {
        Row: {
          answered: string | null;
          asked: Json | null;
          assisting: number[];
          category: string;
          community_id: number;
          courtyard_id: number;
          created_at: string;
          due_at: string | null;
          duty: string | null;
          ended_at: string | null;
          first_owner_area_id: number | null;
          first_owner_department_id: number | null;
          grid_id: number;
          holder_area_id: number | null;
          holder_department_id: number | null;
          holder_level: string;
          id: number;
          merged_into: number | null;
          number: string;
          paused_at: string | null;
          paused_until: string | null;
          place: string | null;
          point: unknown;
          promised_at: string;
          recheck: boolean;
          reopened: number;
          resolved_at: string | null;
          returns: number;
          state: string;
          state_before_merge: string | null;
          step: string | null;
          step_minutes: number | null;
          step_mode: string | null;
          step_since: string | null;
          street_id: number;
          tasks: NonNullable<Json>;
          updated_at: string;
          urgency: string;
          version: number;
          warn_at: string | null;
          what: string;
        };
        ComputedFields: never;
        Insert: {
          answered?: string | null;
          asked?: Json | null;
          assisting?: number[];
          category: string;
          community_id: number;
          courtyard_id: number;
          created_at: string;
          due_at?: string | null;
          duty?: string | null;
          ended_at?: string | null;
          first_owner_area_id?: number | null;
          first_owner_department_id?: number | null;
          grid_id: number;
          holder_area_id?: number | null;
          holder_department_id?: number | null;
          holder_level: string;
          id?: number;
          merged_into?: number | null;
          number: string;
          paused_at?: string | null;
          paused_until?: string | null;
          place?: string | null;
          point: unknown;
          promised_at: string;
          recheck?: boolean;
          reopened?: number;
          resolved_at?: string | null;
          returns?: number;
          state?: string;
          state_before_merge?: string | null;
          step?: string | null;
          step_minutes?: number | null;
          step_mode?: string | null;
          step_since?: string | null;
          street_id: number;
          tasks?: NonNullable<Json>;
          updated_at: string;
          urgency: string;
          version?: number;
          warn_at?: string | null;
          what: string;
        };
        Update: {
          answered?: string | null;
          asked?: Json | null;
          assisting?: number[];
          category?: string;
          community_id?: number;
          courtyard_id?: number;
          created_at?: string;
          due_at?: string | null;
          duty?: string | null;
          ended_at?: string | null;
          first_owner_area_id?: number | null;
          first_owner_department_id?: number | null;
          grid_id?: number;
          holder_area_id?: number | null;
          holder_department_id?: number | null;
          holder_level?: string;
          id?: number;
          merged_into?: number | null;
          number?: string;
          paused_at?: string | null;
          paused_until?: string | null;
          place?: string | null;
          point?: unknown;
          promised_at?: string;
          recheck?: boolean;
          reopened?: number;
          resolved_at?: string | null;
          returns?: number;
          state?: string;
          state_before_merge?: string | null;
          step?: string | null;
          step_minutes?: number | null;
          step_mode?: string | null;
          step_since?: string | null;
          street_id?: number;
          tasks?: NonNullable<Json>;
          updated_at?: string;
          urgency?: string;
          version?: number;
          warn_at?: string | null;
          what?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'issues_category_fkey';
            columns: ['category'];
            isOneToOne: false;
            referencedRelation: 'categories';
            referencedColumns: ['code'];
          },
          {
            foreignKeyName: 'issues_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'issues_duty_fkey';
            columns: ['duty'];
            isOneToOne: false;
            referencedRelation: 'duties';
            referencedColumns: ['code'];
          },
          {
            foreignKeyName: 'issues_first_owner_area_id_fkey';
            columns: ['first_owner_area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_first_owner_department_id_fkey';
            columns: ['first_owner_department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_grid_id_fkey';
            columns: ['grid_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_holder_area_id_fkey';
            columns: ['holder_area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_holder_department_id_fkey';
            columns: ['holder_department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_merged_into_fkey';
            columns: ['merged_into'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_merged_into_fkey';
            columns: ['merged_into'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'issues_merged_into_fkey';
            columns: ['merged_into'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_street_id_fkey';
            columns: ['street_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      label_groups: {
        Row: {
          code: string;
          colour: string;
          name: string;
          name_en: string;
          sort: number;
        };
        ComputedFields: never;
        Insert: {
          code: string;
          colour: string;
          name: string;
          name_en: string;
          sort: number;
        };
        Update: {
          code?: string;
          colour?: string;
          name?: string;
          name_en?: string;
          sort?: number;
        };
        Relationships: [];
      };
      labels: {
        Row: {
          active: boolean;
          clearance: number;
          code: string;
          colour: string;
          days: number;
          icon: string;
          id: number;
          label_group: string;
          name: string;
          name_en: string;
          rule: Json | null;
          sensitivity: string;
          sort: number;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          active?: boolean;
          clearance?: number;
          code: string;
          colour: string;
          days?: number;
          icon: string;
          id?: number;
          label_group: string;
          name: string;
          name_en: string;
          rule?: Json | null;
          sensitivity?: string;
          sort?: number;
          version?: number;
        };
        Update: {
          active?: boolean;
          clearance?: number;
          code?: string;
          colour?: string;
          days?: number;
          icon?: string;
          id?: number;
          label_group?: string;
          name?: string;
          name_en?: string;
          rule?: Json | null;
          sensitivity?: string;
          sort?: number;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'labels_label_group_fkey';
            columns: ['label_group'];
            isOneToOne: false;
            referencedRelation: 'label_groups';
            referencedColumns: ['code'];
          },
        ];
      };
      letters: {
        Row: {
          addressee: string;
          due_on: string;
          event_seq: number;
          id: number;
          issue_id: number;
          number: string;
          office_area_id: number;
          replied_at: string | null;
          reply: string | null;
          sent_at: string;
          text: string;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          addressee: string;
          due_on: string;
          event_seq: number;
          id?: number;
          issue_id: number;
          number: string;
          office_area_id: number;
          replied_at?: string | null;
          reply?: string | null;
          sent_at: string;
          text: string;
          title: string;
        };
        Update: {
          addressee?: string;
          due_on?: string;
          event_seq?: number;
          id?: number;
          issue_id?: number;
          number?: string;
          office_area_id?: number;
          replied_at?: string | null;
          reply?: string | null;
          sent_at?: string;
          text?: string;
          title?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'letters_issue_id_event_seq_fkey';
            columns: ['issue_id', 'event_seq'];
            isOneToOne: false;
            referencedRelation: 'issue_events';
            referencedColumns: ['issue_id', 'seq'];
          },
          {
            foreignKeyName: 'letters_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'letters_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'letters_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'letters_office_area_id_fkey';
            columns: ['office_area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      memberships: {
        Row: {
          area_id: number | null;
          department_id: number | null;
          id: number;
          person_id: string;
          role: string;
        };
        ComputedFields: never;
        Insert: {
          area_id?: number | null;
          department_id?: number | null;
          id?: number;
          person_id: string;
          role: string;
        };
        Update: {
          area_id?: number | null;
          department_id?: number | null;
          id?: number;
          person_id?: string;
          role?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'memberships_area_id_fkey';
            columns: ['area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'memberships_department_id_fkey';
            columns: ['department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'memberships_person_id_fkey';
            columns: ['person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['id'];
          },
        ];
      };
      notices: {
        Row: {
          area_id: number | null;
          at: string;
          courtyard_id: number | null;
          department_id: number | null;
          id: number;
          issue_id: number | null;
          kind: string;
          quarter: string | null;
        };
        ComputedFields: never;
        Insert: {
          area_id?: number | null;
          at: string;
          courtyard_id?: number | null;
          department_id?: number | null;
          id?: number;
          issue_id?: number | null;
          kind: string;
          quarter?: string | null;
        };
        Update: {
          area_id?: number | null;
          at?: string;
          courtyard_id?: number | null;
          department_id?: number | null;
          id?: number;
          issue_id?: number | null;
          kind?: string;
          quarter?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'notices_area_id_fkey';
            columns: ['area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notices_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notices_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'notices_department_id_fkey';
            columns: ['department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notices_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notices_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'notices_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
        ];
      };
      offers: {
        Row: {
          community_id: number;
          courtyard_id: number;
          created_at: string;
          delivery: string | null;
          id: number;
          organisation: string | null;
          promise: string | null;
          promised_on: string | null;
          resource_id: number | null;
          state: string;
          title: string;
          updated_at: string;
          version: number;
          what: string | null;
        };
        ComputedFields: never;
        Insert: {
          community_id: number;
          courtyard_id: number;
          created_at: string;
          delivery?: string | null;
          id?: number;
          organisation?: string | null;
          promise?: string | null;
          promised_on?: string | null;
          resource_id?: number | null;
          state?: string;
          title: string;
          updated_at: string;
          version?: number;
          what?: string | null;
        };
        Update: {
          community_id?: number;
          courtyard_id?: number;
          created_at?: string;
          delivery?: string | null;
          id?: number;
          organisation?: string | null;
          promise?: string | null;
          promised_on?: string | null;
          resource_id?: number | null;
          state?: string;
          title?: string;
          updated_at?: string;
          version?: number;
          what?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'offers_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'offers_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'offers_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'offers_resource_id_fkey';
            columns: ['resource_id'];
            isOneToOne: false;
            referencedRelation: 'resources';
            referencedColumns: ['id'];
          },
        ];
      };
      people: {
        Row: {
          id: string;
          left_at: string | null;
          name: string;
          street_id: number;
        };
        ComputedFields: never;
        Insert: {
          id: string;
          left_at?: string | null;
          name: string;
          street_id: number;
        };
        Update: {
          id?: string;
          left_at?: string | null;
          name?: string;
          street_id?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'people_street_id_fkey';
            columns: ['street_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      place_kinds: {
        Row: {
          category: string | null;
          code: string;
          icon: string;
          inspect_days: number | null;
          name: string;
          name_en: string;
          place: string;
          sort: number;
        };
        ComputedFields: never;
        Insert: {
          category?: string | null;
          code: string;
          icon: string;
          inspect_days?: number | null;
          name: string;
          name_en: string;
          place: string;
          sort?: number;
        };
        Update: {
          category?: string | null;
          code?: string;
          icon?: string;
          inspect_days?: number | null;
          name?: string;
          name_en?: string;
          place?: string;
          sort?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'place_kinds_category_fkey';
            columns: ['category'];
            isOneToOne: false;
            referencedRelation: 'categories';
            referencedColumns: ['code'];
          },
        ];
      };
      place_photos: {
        Row: {
          hazard_id: number | null;
          path: string;
          promised_at: string;
          resource_id: number | null;
        };
        ComputedFields: never;
        Insert: {
          hazard_id?: number | null;
          path: string;
          promised_at: string;
          resource_id?: number | null;
        };
        Update: {
          hazard_id?: number | null;
          path?: string;
          promised_at?: string;
          resource_id?: number | null;
        };
        Relationships: [
          {
            foreignKeyName: 'place_photos_hazard_id_fkey';
            columns: ['hazard_id'];
            isOneToOne: false;
            referencedRelation: 'hazards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'place_photos_resource_id_fkey';
            columns: ['resource_id'];
            isOneToOne: false;
            referencedRelation: 'resources';
            referencedColumns: ['id'];
          },
        ];
      };
      reply_templates: {
        Row: {
          action: string;
          addressee: string | null;
          area_id: number | null;
          department_id: number | null;
          id: number;
          sort: number;
          street_id: number | null;
          title: string;
          version: number;
          words: string;
        };
        ComputedFields: never;
        Insert: {
          action: string;
          addressee?: string | null;
          area_id?: number | null;
          department_id?: number | null;
          id?: number;
          sort?: number;
          street_id?: number | null;
          title: string;
          version?: number;
          words: string;
        };
        Update: {
          action?: string;
          addressee?: string | null;
          area_id?: number | null;
          department_id?: number | null;
          id?: number;
          sort?: number;
          street_id?: number | null;
          title?: string;
          version?: number;
          words?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'reply_templates_area_id_fkey';
            columns: ['area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reply_templates_department_id_fkey';
            columns: ['department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'reply_templates_street_id_fkey';
            columns: ['street_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      resources: {
        Row: {
          community_id: number;
          courtyard_id: number;
          created_at: string;
          id: number;
          kind: string;
          name: string;
          note: string | null;
          point: unknown;
          state: string;
          updated_at: string;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          community_id: number;
          courtyard_id: number;
          created_at: string;
          id?: number;
          kind: string;
          name: string;
          note?: string | null;
          point: unknown;
          state?: string;
          updated_at: string;
          version?: number;
        };
        Update: {
          community_id?: number;
          courtyard_id?: number;
          created_at?: string;
          id?: number;
          kind?: string;
          name?: string;
          note?: string | null;
          point?: unknown;
          state?: string;
          updated_at?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'resources_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'resources_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'resources_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'resources_kind_fkey';
            columns: ['kind'];
            isOneToOne: false;
            referencedRelation: 'place_kinds';
            referencedColumns: ['code'];
          },
        ];
      };
      rounds: {
        Row: {
          due_on: string;
          opened_at: string;
          quarter: string;
          reminded: NonNullable<Json>;
          street_id: number;
        };
        ComputedFields: never;
        Insert: {
          due_on: string;
          opened_at: string;
          quarter: string;
          reminded?: NonNullable<Json>;
          street_id: number;
        };
        Update: {
          due_on?: string;
          opened_at?: string;
          quarter?: string;
          reminded?: NonNullable<Json>;
          street_id?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'rounds_street_id_fkey';
            columns: ['street_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      saved_filters: {
        Row: {
          area_id: number | null;
          created_at: string;
          department_id: number | null;
          filter: string;
          id: number;
          name: string;
          person_id: string;
          shared: boolean;
          street_id: number;
          updated_at: string;
          version: number;
          words: string | null;
        };
        ComputedFields: never;
        Insert: {
          area_id?: number | null;
          created_at: string;
          department_id?: number | null;
          filter: string;
          id?: number;
          name: string;
          person_id: string;
          shared: boolean;
          street_id: number;
          updated_at: string;
          version?: number;
          words?: string | null;
        };
        Update: {
          area_id?: number | null;
          created_at?: string;
          department_id?: number | null;
          filter?: string;
          id?: number;
          name?: string;
          person_id?: string;
          shared?: boolean;
          street_id?: number;
          updated_at?: string;
          version?: number;
          words?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'saved_filters_area_id_fkey';
            columns: ['area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'saved_filters_department_id_fkey';
            columns: ['department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'saved_filters_person_id_fkey';
            columns: ['person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'saved_filters_street_id_fkey';
            columns: ['street_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      urgency_clocks: {
        Row: {
          accept_minutes: number;
          clock: string;
          dispatch_minutes: number;
          handle_minutes: number;
          urgency: string;
          verify_minutes: number;
          version: number;
        };
        ComputedFields: never;
        Insert: {
          accept_minutes: number;
          clock: string;
          dispatch_minutes: number;
          handle_minutes: number;
          urgency: string;
          verify_minutes: number;
          version?: number;
        };
        Update: {
          accept_minutes?: number;
          clock?: string;
          dispatch_minutes?: number;
          handle_minutes?: number;
          urgency?: string;
          verify_minutes?: number;
          version?: number;
        };
        Relationships: [];
      };
      visits: {
        Row: {
          community_id: number;
          courtyard_id: number;
          households: number;
          id: number;
          kind: string;
          person_id: string;
          recorded_at: string;
          taken_back_at: string | null;
          visited_on: string;
        };
        ComputedFields: never;
        Insert: {
          community_id: number;
          courtyard_id: number;
          households: number;
          id?: number;
          kind: string;
          person_id: string;
          recorded_at: string;
          taken_back_at?: string | null;
          visited_on: string;
        };
        Update: {
          community_id?: number;
          courtyard_id?: number;
          households?: number;
          id?: number;
          kind?: string;
          person_id?: string;
          recorded_at?: string;
          taken_back_at?: string | null;
          visited_on?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'visits_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'visits_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'visits_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'visits_person_id_fkey';
            columns: ['person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['id'];
          },
        ];
      };
      working_hours: {
        Row: {
          closes: string;
          opens: string;
          weekday: number;
        };
        ComputedFields: never;
        Insert: {
          closes: string;
          opens: string;
          weekday: number;
        };
        Update: {
          closes?: string;
          opens?: string;
          weekday?: number;
        };
        Relationships: [];
      };
      yard_notices: {
        Row: {
          body: string | null;
          community_id: number;
          courtyard_id: number | null;
          id: number;
          person_id: string;
          shown_from: string;
          shown_until: string;
          street_id: number;
          title: string;
        };
        ComputedFields: never;
        Insert: {
          body?: string | null;
          community_id: number;
          courtyard_id?: number | null;
          id?: number;
          person_id: string;
          shown_from: string;
          shown_until: string;
          street_id: number;
          title: string;
        };
        Update: {
          body?: string | null;
          community_id?: number;
          courtyard_id?: number | null;
          id?: number;
          person_id?: string;
          shown_from?: string;
          shown_until?: string;
          street_id?: number;
          title?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'yard_notices_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'yard_notices_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'yard_notices_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'yard_notices_person_id_fkey';
            columns: ['person_id'];
            isOneToOne: false;
            referencedRelation: 'people';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'yard_notices_street_id_fkey';
            columns: ['street_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
    };
    Views: {
      issue_cards: {
        Row: {
          asked: string | null;
          category: string;
          category_name: string;
          category_name_en: string;
          community: string;
          community_id: number;
          courtyard: string | null;
          courtyard_id: number;
          created_at: string;
          due_at: string | null;
          holder: string | null;
          holder_area_id: number | null;
          holder_department_id: number | null;
          holder_level: string;
          id: number;
          late: boolean | null;
          lead_department_id: number | null;
          mine: boolean | null;
          my_task: boolean | null;
          number: string;
          paused_until: string | null;
          place: string | null;
          recheck: boolean;
          state: string;
          step: string | null;
          to_decide: boolean | null;
          to_verify: boolean | null;
          updated_at: string;
          urgency: string;
          version: number;
          warn_at: string | null;
          what: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'categories_department_id_fkey';
            columns: ['lead_department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_category_fkey';
            columns: ['category'];
            isOneToOne: false;
            referencedRelation: 'categories';
            referencedColumns: ['code'];
          },
          {
            foreignKeyName: 'issues_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'notice_cards';
            referencedColumns: ['courtyard_id'];
          },
          {
            foreignKeyName: 'issues_holder_area_id_fkey';
            columns: ['holder_area_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'issues_holder_department_id_fkey';
            columns: ['holder_department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
        ];
      };
      issue_times: {
        Row: {
          accepted_at: string | null;
          answered_no: number | null;
          category: string;
          category_name: string;
          category_name_en: string;
          community: string;
          community_id: number;
          courtyard: string | null;
          created_at: string;
          ended_at: string | null;
          false_closings: number | null;
          holder: string | null;
          holder_level: string;
          issue_id: number;
          number: string;
          promised_at: string;
          reopened: number;
          resolved_at: string | null;
          returns: number;
          state: string;
          urgency: string;
          verified: number | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'issues_category_fkey';
            columns: ['category'];
            isOneToOne: false;
            referencedRelation: 'categories';
            referencedColumns: ['code'];
          },
          {
            foreignKeyName: 'issues_community_id_fkey';
            columns: ['community_id'];
            isOneToOne: false;
            referencedRelation: 'areas';
            referencedColumns: ['id'];
          },
        ];
      };
      letter_cards: {
        Row: {
          addressee: string;
          awaited: boolean | null;
          courtyard: string | null;
          due_on: string;
          id: number;
          issue_id: number;
          issue_number: string;
          late: boolean | null;
          mine: boolean | null;
          number: string;
          office: string | null;
          replied_at: string | null;
          reply: string | null;
          sent_at: string;
          title: string;
          what: string;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'letters_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'letters_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'letters_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
        ];
      };
      notice_cards: {
        Row: {
          at: string;
          courtyard: string | null;
          courtyard_id: number | null;
          id: number;
          issue_id: number | null;
          kind: string;
          number: string | null;
          quarter: string | null;
          state: string | null;
          unread: boolean | null;
          what: string | null;
        };
        ComputedFields: never;
        Relationships: [
          {
            foreignKeyName: 'notices_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_cards';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'notices_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issue_times';
            referencedColumns: ['issue_id'];
          },
          {
            foreignKeyName: 'notices_issue_id_fkey';
            columns: ['issue_id'];
            isOneToOne: false;
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
        ];
      };
      running_clocks: {
        Row: {
          area_id: number | null;
          clock: string | null;
          department_id: number | null;
          due_at: string | null;
          issue_id: number | null;
          over: number | null;
          warn_at: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
      step_times: {
        Row: {
          area_id: number | null;
          began_at: string | null;
          category: string | null;
          community_id: number | null;
          decided_at: string | null;
          department_id: number | null;
          due_at: string | null;
          ended_at: string | null;
          holder: string | null;
          holder_level: string | null;
          issue_id: number | null;
          on_time: boolean | null;
          step: string | null;
        };
        ComputedFields: never;
        Relationships: [];
      };
    };
    Functions: {
      act_on_hazard: {
        Args: { action: string; id: number; payload?: Json; request_id?: string; version: number };
        Returns: Json;
      };
      act_on_issue: {
        Args: { action: string; issue_id: number; payload?: Json; request_id?: string; version: number };
        Returns: Json;
      };
      act_on_offer: {
        Args: { action: string; id: number; payload?: Json; request_id?: string; version: number };
        Returns: Json;
      };
      act_on_resource: {
        Args: { action: string; id: number; payload?: Json; request_id?: string; version: number };
        Returns: Json;
      };
      add_code: { Args: { courtyard_id: number; place: string }; Returns: Json };
      add_courtyard: {
        Args: {
          address: string;
          grid_id?: number;
          kind?: string;
          name: string;
          name_en?: string;
          outline: Json;
        };
        Returns: Json;
      };
      add_to_report: {
        Args: { key: string; photos?: number; request_id: string; words?: string };
        Returns: Json;
      };
      answer_issue: { Args: { answer: string; key: string; version: number; words?: string }; Returns: Json };
      area_shape: { Args: { area_id: number }; Returns: Json };
      changes_since: { Args: { seq: number; topic: string }; Returns: Json };
      check_code: { Args: { code: string }; Returns: Json };
      claim_deliveries: { Args: { most?: number }; Returns: Json };
      claim_photo_removals: { Args: { most?: number }; Returns: string[] };
      claim_pushes: { Args: { most?: number }; Returns: Json };
      clock_board: { Args: { topic: string }; Returns: Json };
      confirm_profile: {
        Args: { courtyard_id: number; quarter: string; request_id?: string; version: number };
        Returns: Json;
      };
      correct_my_data: {
        Args: { address: string; helper?: string; key: string; name: string; phone?: string };
        Returns: Json;
      };
      count_scan: { Args: { code: string }; Returns: undefined };
      courtyard_archive: { Args: { courtyard_id: number }; Returns: Json };
      courtyard_card: { Args: { courtyard_id: number }; Returns: Json };
      courtyard_facts: { Args: { topic: string }; Returns: Json };
      courtyard_shape: { Args: { courtyard_id: number }; Returns: Json };
      courtyard_story: { Args: { courtyard_id: number }; Returns: Json };
      courtyard_visits: { Args: { courtyard_id: number }; Returns: Json };
      dead_letters: { Args: Record<PropertyKey, never>; Returns: Json };
      decide_held: { Args: { id: number; restore: boolean }; Returns: Json };
      delete_filter: { Args: { id: number }; Returns: undefined };
      export_archive: { Args: { purpose: string; topic: string }; Returns: Json };
      export_courtyards: { Args: { format: string; ids: number[]; reason: string }; Returns: Json };
      export_issues: { Args: { format: string; ids: number[]; reason: string }; Returns: Json };
      export_log: { Args: { most?: number }; Returns: Json };
      fetch_parcel: { Args: { name: string }; Returns: string };
      field_history: { Args: { code: string }; Returns: Json };
      follow_by_push: {
        Args: { auth: string; endpoint: string; key: string; p256dh: string };
        Returns: undefined;
      };
      forget_me: { Args: { key: string }; Returns: Json };
      give_label: {
        Args: {
          courtyard_id: number;
          expires_on?: string;
          label: string;
          reason: string;
          request_id?: string;
        };
        Returns: Json;
      };
      guard_settings: { Args: Record<PropertyKey, never>; Returns: Json };
      hand_over: { Args: { from_person: string; leaves?: boolean; to_person: string }; Returns: Json };
      history_check: { Args: Record<PropertyKey, never>; Returns: Json };
      import_courtyards: { Args: { dry_run?: boolean; rows: Json }; Returns: Json };
      import_profiles: { Args: { dry_run?: boolean; rows: Json; verified?: boolean }; Returns: Json };
      issue_detail: { Args: { issue_id: number }; Returns: Json };
      issue_history: { Args: { since: string; topic: string; until: string }; Returns: Json };
      leave_parcel: { Args: { name: string; sealed: string }; Returns: string };
      list_base_maps: { Args: Record<PropertyKey, never>; Returns: Json };
      list_codes: { Args: Record<PropertyKey, never>; Returns: Json };
      list_exports: { Args: { most?: number }; Returns: Json };
      list_held: { Args: Record<PropertyKey, never>; Returns: Json };
      list_hooks: { Args: Record<PropertyKey, never>; Returns: Json };
      list_shown_workers: { Args: Record<PropertyKey, never>; Returns: Json };
      make_offer: {
        Args: {
          courtyard_id: number;
          request_id?: string;
          resource_id?: number;
          title: string;
          what?: string;
        };
        Returns: Json;
      };
      map_points: { Args: { topic: string }; Returns: Json };
      map_snapshot: { Args: { topic: string }; Returns: Json };
      mark_report: { Args: { issue_id: number; marked: boolean; reason?: string }; Returns: undefined };
      me: { Args: Record<PropertyKey, never>; Returns: Json };
      merge_courtyards: {
        Args: {
          address: string;
          courtyards: number[];
          grid_id?: number;
          kind?: string;
          name: string;
          name_en?: string;
          versions: number[];
        };
        Returns: Json;
      };
      move_courtyards: { Args: { courtyards: number[]; grid_id: number; versions: number[] }; Returns: Json };
      move_point: {
        Args: { id: number; lat: number; lng: number; place: string; request_id?: string; version: number };
        Returns: Json;
      };
      my_data: { Args: { key: string }; Returns: Json };
      numbers: { Args: { community?: number; since: string; upto: string }; Returns: Json };
      open_courtyard: { Args: { code: string }; Returns: Json };
      place_hazard: {
        Args: {
          courtyard_id: number;
          due_on?: string;
          inspect_days?: number;
          kind: string;
          lat: number;
          level: number;
          lng: number;
          mender?: string;
          request_id?: string;
          what: string;
        };
        Returns: Json;
      };
      place_resource: {
        Args: {
          courtyard_id: number;
          kind: string;
          lat: number;
          lng: number;
          name: string;
          note?: string;
          request_id?: string;
        };
        Returns: Json;
      };
      place_story: { Args: { id: number; place: string }; Returns: Json };
      post_yard_notice: {
        Args: { body?: string; community_id: number; courtyard_id?: number; days?: number; title: string };
        Returns: number;
      };
      preview_label_rule: { Args: { code?: string; rule: Json }; Returns: Json };
      profile_at: { Args: { courtyard_id: number; quarter: string }; Returns: Json };
      profile_differences: { Args: { quarter_a: string; quarter_b: string; topic: string }; Returns: Json };
      profile_quarters: { Args: { courtyard_id: number }; Returns: Json };
      promise_photos: { Args: { issue_id: number; photos: number }; Returns: string[] };
      promise_place_photos: { Args: { id: number; photos: number; place: string }; Returns: string[] };
      push_key: { Args: Record<PropertyKey, never>; Returns: string };
      read_notices: { Args: { upto: number }; Returns: undefined };
      record_visit: {
        Args: {
          courtyard_id: number;
          households: number;
          kind: string;
          request_id?: string;
          visited_on: string;
        };
        Returns: Json;
      };
      remove_template: { Args: { id: number }; Returns: undefined };
      rename_code: { Args: { code: string; place: string }; Returns: Json };
      reopen_issue: { Args: { key: string; version: number; words: string }; Returns: Json };
      report_challenge: { Args: { code: string; device?: string }; Returns: Json };
      report_issue: {
        Args: {
          address: string;
          category?: string;
          code: string;
          device?: string;
          helper?: string;
          joins?: string;
          key: string;
          lang?: string;
          lat?: number;
          lng?: number;
          name: string;
          phone?: string;
          photos?: number;
          place?: string;
          proof?: Json;
          what: string;
        };
        Returns: Json;
      };
      report_on_behalf: {
        Args: {
          address: string;
          category?: string;
          channel: string;
          courtyard_id: number;
          key: string;
          lang?: string;
          lat?: number;
          lng?: number;
          name: string;
          phone?: string;
          photos?: number;
          place?: string;
          what: string;
        };
        Returns: Json;
      };
      retry_delivery: { Args: { id: string }; Returns: boolean };
      return_profile: {
        Args: { courtyard_id: number; quarter: string; remark: string; request_id?: string; version: number };
        Returns: Json;
      };
      reveal_reporter: { Args: { issue_id: number; reason: string }; Returns: Json };
      revoke_code: { Args: { code: string; reason: string; replace?: boolean }; Returns: Json };
      round_form: { Args: { courtyard_id: number }; Returns: Json };
      round_worklist: { Args: { topic: string }; Returns: Json };
      save_area_boundary: {
        Args: { area_id: number; boundary: Json; dry_run?: boolean; version: number };
        Returns: Json;
      };
      save_base_map: {
        Args: {
          active?: boolean;
          attribution?: string;
          datum: string;
          hosts?: string[];
          id?: number;
          key?: string;
          kind: string;
          layer?: string;
          name: string;
          name_en?: string;
          url?: string;
          version?: number;
        };
        Returns: Json;
      };
      save_calendar_year: { Args: { days: Json; version?: number; year: number }; Returns: Json };
      save_category: {
        Args: {
          accept_minutes: number;
          active?: boolean;
          class: string;
          clock: string;
          code: string;
          department_id?: number;
          dispatch_minutes: number;
          duty?: string;
          handle_minutes: number;
          keywords?: string[];
          level: string;
          name: string;
          name_en?: string;
          sort?: number;
          urgency: string;
          version?: number;
        };
        Returns: Json;
      };
      save_courtyard_outline: {
        Args: { courtyard_id: number; outline: Json; version: number };
        Returns: Json;
      };
      save_draft: {
        Args: {
          courtyard_id: number;
          quarter: string;
          request_id?: string;
          unchanged?: string[];
          values: Json;
        };
        Returns: Json;
      };
      save_duty: {
        Args: {
          active?: boolean;
          code: string;
          instead?: string;
          list: string;
          title: string;
          title_en?: string;
          version?: number;
        };
        Returns: Json;
      };
      save_field: { Args: { field: Json; version?: number }; Returns: Json };
      save_field_check: { Args: { code: string; parts: string[]; whole: string }; Returns: undefined };
      save_filter: {
        Args: {
          filter: string;
          id?: number;
          name: string;
          shared?: boolean;
          version?: number;
          words?: string;
        };
        Returns: Json;
      };
      save_guard: { Args: { hold_links: boolean; proof: string; words: string[] }; Returns: Json };
      save_hook: {
        Args: {
          active?: boolean;
          area_id?: number;
          audience?: string;
          department_id?: number;
          id?: number;
          kind: string;
          kinds?: string[];
          name: string;
          secret?: string;
          url: string;
        };
        Returns: number;
      };
      save_label: { Args: { label: Json; version?: number }; Returns: Json };
      save_template: {
        Args: {
          action: string;
          addressee?: string;
          id?: number;
          shared?: boolean;
          title: string;
          version?: number;
          words: string;
        };
        Returns: number;
      };
      save_urgency_clock: {
        Args: {
          accept_minutes: number;
          clock: string;
          dispatch_minutes: number;
          handle_minutes: number;
          urgency: string;
          verify_minutes: number;
          version: number;
        };
        Returns: Json;
      };
      save_working_hours: { Args: { hours: Json; version?: number }; Returns: Json };
      set_push_key: { Args: { public_key: string }; Returns: undefined };
      set_yard_worker: {
        Args: { courtyard_id: number; name: string; person_id?: string; phone?: string; shown?: string };
        Returns: undefined;
      };
      settings_history: { Args: { most?: number; what?: string }; Returns: Json };
      settle_claim: {
        Args: { claim: string; error?: string; outcome: string; retry_after?: number };
        Returns: string;
      };
      settle_photo_removals: { Args: { paths: string[] }; Returns: undefined };
      settle_push: { Args: { id: number; outcome: string }; Returns: undefined };
      show_grid_worker: { Args: { grid_id: number; phone?: string; shown: string }; Returns: undefined };
      similar_reports: { Args: { category: string; code: string; place?: string }; Returns: Json };
      split_courtyard: { Args: { courtyard_id: number; parts: Json; version: number }; Returns: Json };
      submit_profile: {
        Args: { courtyard_id: number; quarter: string; request_id?: string; version: number };
        Returns: Json;
      };
      take_back_visit: { Args: { id: number; request_id?: string }; Returns: Json };
      take_down_notice: { Args: { id: number }; Returns: undefined };
      take_label: {
        Args: { courtyard_id: number; label: string; reason: string; request_id?: string };
        Returns: Json;
      };
      track_issue: { Args: { key: string }; Returns: Json };
      unfollow_by_push: { Args: { endpoint: string; key: string }; Returns: undefined };
      verify_chain: { Args: { issue_id: number }; Returns: boolean };
      withdraw_issue: { Args: { key: string; version: number; words?: string }; Returns: Json };
      yard_workers: { Args: { topic: string }; Returns: Json };
    };
    Enums: {
      [_ in never]: never;
    };
    CompositeTypes: {
      [_ in never]: never;
    };
  };
};

type DatabaseWithoutInternals = Omit<Database, '__InternalSupabase'>;

type DefaultSchema = DatabaseWithoutInternals[Extract<keyof Database, 'public'>];

export type Tables<
  DefaultSchemaTableNameOrOptions extends
    keyof (DefaultSchema['Tables'] & DefaultSchema['Views']) | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
        DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? (DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'] &
      DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Views'])[TableName] extends {
      Row: infer R;
    }
    ? R
    : never
  : DefaultSchemaTableNameOrOptions extends keyof (DefaultSchema['Tables'] & DefaultSchema['Views'])
    ? (DefaultSchema['Tables'] & DefaultSchema['Views'])[DefaultSchemaTableNameOrOptions] extends {
        Row: infer R;
      }
      ? R
      : never
    : never;

export type TablesInsert<
  DefaultSchemaTableNameOrOptions extends
    keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Insert: infer I;
    }
    ? I
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Insert: infer I;
      }
      ? I
      : never
    : never;

export type TablesUpdate<
  DefaultSchemaTableNameOrOptions extends
    keyof DefaultSchema['Tables'] | { schema: keyof DatabaseWithoutInternals },
  TableName extends (DefaultSchemaTableNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables']
    : never) = never,
> = DefaultSchemaTableNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaTableNameOrOptions['schema']]['Tables'][TableName] extends {
      Update: infer U;
    }
    ? U
    : never
  : DefaultSchemaTableNameOrOptions extends keyof DefaultSchema['Tables']
    ? DefaultSchema['Tables'][DefaultSchemaTableNameOrOptions] extends {
        Update: infer U;
      }
      ? U
      : never
    : never;

export type Enums<
  DefaultSchemaEnumNameOrOptions extends
    keyof DefaultSchema['Enums'] | { schema: keyof DatabaseWithoutInternals },
  EnumName extends (DefaultSchemaEnumNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums']
    : never) = never,
> = DefaultSchemaEnumNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[DefaultSchemaEnumNameOrOptions['schema']]['Enums'][EnumName]
  : DefaultSchemaEnumNameOrOptions extends keyof DefaultSchema['Enums']
    ? DefaultSchema['Enums'][DefaultSchemaEnumNameOrOptions]
    : never;

export type CompositeTypes<
  PublicCompositeTypeNameOrOptions extends
    keyof DefaultSchema['CompositeTypes'] | { schema: keyof DatabaseWithoutInternals },
  CompositeTypeName extends (PublicCompositeTypeNameOrOptions extends {
    schema: keyof DatabaseWithoutInternals;
  }
    ? keyof DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes']
    : never) = never,
> = PublicCompositeTypeNameOrOptions extends { schema: keyof DatabaseWithoutInternals }
  ? DatabaseWithoutInternals[PublicCompositeTypeNameOrOptions['schema']]['CompositeTypes'][CompositeTypeName]
  : PublicCompositeTypeNameOrOptions extends keyof DefaultSchema['CompositeTypes']
    ? DefaultSchema['CompositeTypes'][PublicCompositeTypeNameOrOptions]
    : never;

export const Constants = {
  public: {
    Enums: {},
  },
} as const;
