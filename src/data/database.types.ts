// Made by `npm run types` from the migrations; a test compares them.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
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
          class: string;
          clock: string;
          code: string;
          department_id: number | null;
          dispatch_minutes: number;
          handle_minutes: number;
          keywords: string[];
          level: string;
          name: string;
          name_en: string;
          sort: number;
          urgency: string;
        };
        ComputedFields: never;
        Insert: {
          accept_minutes: number;
          class: string;
          clock?: string;
          code: string;
          department_id?: number | null;
          dispatch_minutes: number;
          handle_minutes: number;
          keywords?: string[];
          level?: string;
          name: string;
          name_en: string;
          sort?: number;
          urgency?: string;
        };
        Update: {
          accept_minutes?: number;
          class?: string;
          clock?: string;
          code?: string;
          department_id?: number | null;
          dispatch_minutes?: number;
          handle_minutes?: number;
          keywords?: string[];
          level?: string;
          name?: string;
          name_en?: string;
          sort?: number;
          urgency?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'categories_department_id_fkey';
            columns: ['department_id'];
            isOneToOne: false;
            referencedRelation: 'departments';
            referencedColumns: ['id'];
          },
        ];
      };
      courtyard_codes: {
        Row: {
          code: string;
          courtyard_id: number;
          created_at: string;
          place: string | null;
          revoked_at: string | null;
        };
        ComputedFields: never;
        Insert: {
          code?: string;
          courtyard_id: number;
          created_at?: string;
          place?: string | null;
          revoked_at?: string | null;
        };
        Update: {
          code?: string;
          courtyard_id?: number;
          created_at?: string;
          place?: string | null;
          revoked_at?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'courtyard_codes_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
            referencedColumns: ['id'];
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
          geom: unknown;
          grid_id: number;
          id: number;
          invented: boolean;
          kind: string;
          name: string;
          name_en: string | null;
          point: unknown;
          street_id: number;
        };
        ComputedFields: never;
        Insert: {
          address: string;
          area_m2?: number | null;
          code: string;
          community_id: number;
          created_at?: string;
          geom?: unknown;
          grid_id: number;
          id?: number;
          invented?: boolean;
          kind?: string;
          name: string;
          name_en?: string | null;
          point: unknown;
          street_id: number;
        };
        Update: {
          address?: string;
          area_m2?: number | null;
          code?: string;
          community_id?: number;
          created_at?: string;
          geom?: unknown;
          grid_id?: number;
          id?: number;
          invented?: boolean;
          kind?: string;
          name?: string;
          name_en?: string | null;
          point?: unknown;
          street_id?: number;
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
      issue_actions: {
        Row: {
          action: string;
          actor: string;
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
            referencedRelation: 'issues';
            referencedColumns: ['id'];
          },
        ];
      };
      issues: {
        Row: {
          answered: string | null;
          category: string;
          community_id: number;
          courtyard_id: number;
          created_at: string;
          due_at: string | null;
          first_owner_area_id: number | null;
          first_owner_department_id: number | null;
          grid_id: number;
          holder_area_id: number | null;
          holder_department_id: number | null;
          holder_level: string;
          id: number;
          number: string;
          place: string | null;
          point: unknown;
          promised_at: string;
          returns: number;
          state: string;
          step: string | null;
          street_id: number;
          updated_at: string;
          urgency: string;
          version: number;
          what: string;
        };
        ComputedFields: never;
        Insert: {
          answered?: string | null;
          category: string;
          community_id: number;
          courtyard_id: number;
          created_at: string;
          due_at?: string | null;
          first_owner_area_id?: number | null;
          first_owner_department_id?: number | null;
          grid_id: number;
          holder_area_id?: number | null;
          holder_department_id?: number | null;
          holder_level: string;
          id?: number;
          number: string;
          place?: string | null;
          point: unknown;
          promised_at: string;
          returns?: number;
          state?: string;
          step?: string | null;
          street_id: number;
          updated_at: string;
          urgency: string;
          version?: number;
          what: string;
        };
        Update: {
          answered?: string | null;
          category?: string;
          community_id?: number;
          courtyard_id?: number;
          created_at?: string;
          due_at?: string | null;
          first_owner_area_id?: number | null;
          first_owner_department_id?: number | null;
          grid_id?: number;
          holder_area_id?: number | null;
          holder_department_id?: number | null;
          holder_level?: string;
          id?: number;
          number?: string;
          place?: string | null;
          point?: unknown;
          promised_at?: string;
          returns?: number;
          state?: string;
          step?: string | null;
          street_id?: number;
          updated_at?: string;
          urgency?: string;
          version?: number;
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
            foreignKeyName: 'issues_street_id_fkey';
            columns: ['street_id'];
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
    };
    Views: {
      issue_cards: {
        Row: {
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
          mine: boolean | null;
          number: string;
          place: string | null;
          state: string;
          step: string | null;
          updated_at: string;
          urgency: string;
          version: number;
          what: string;
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
          {
            foreignKeyName: 'issues_courtyard_id_fkey';
            columns: ['courtyard_id'];
            isOneToOne: false;
            referencedRelation: 'courtyards';
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
        ];
      };
    };
    Functions: {
      act_on_issue: {
        Args: { action: string; issue_id: number; payload?: Json; request_id?: string; version: number };
        Returns: Json;
      };
      answer_issue: { Args: { answer: string; key: string; version: number; words?: string }; Returns: Json };
      changes_since: { Args: { seq: number; topic: string }; Returns: Json };
      courtyard_card: { Args: { courtyard_id: number }; Returns: Json };
      import_courtyards: { Args: { dry_run?: boolean; rows: Json }; Returns: Json };
      issue_detail: { Args: { issue_id: number }; Returns: Json };
      map_snapshot: { Args: { topic: string }; Returns: Json };
      me: { Args: Record<PropertyKey, never>; Returns: Json };
      open_courtyard: { Args: { code: string }; Returns: Json };
      report_issue: {
        Args: {
          address: string;
          category?: string;
          code: string;
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
      reveal_reporter: { Args: { issue_id: number; reason: string }; Returns: Json };
      track_issue: { Args: { key: string }; Returns: Json };
      verify_chain: { Args: { issue_id: number }; Returns: boolean };
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
