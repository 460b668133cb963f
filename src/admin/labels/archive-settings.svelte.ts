import { createContext } from 'svelte';
import { ApiError } from '../../core/api-error.ts';
import type { RuleNames } from '../../core/archive/rule-words.ts';
import {
  listFields,
  listLabelGroups,
  listLabels,
  listModules,
  listPlaceKinds,
  saveField,
  saveLabel,
  type DictionaryField,
  type Label,
  type LabelGroup,
} from '../../data/archive-admin.ts';
import { visitNames } from '../../ui/archive/visit-names.ts';
import type { Keeping } from '../draft.svelte.ts';
import { english } from './words.ts';

interface Named {
  code: string;
  name: string;
  name_en: string;
}

const replaced = <T extends { code: string }>(rows: readonly T[], row: T): T[] =>
  rows.some(({ code }) => code === row.code)
    ? rows.map((old) => (old.code === row.code ? row : old))
    : [...rows, row];

/** The dictionary and the labels, as last read or saved. */
export class ArchiveSettings {
  #ready = $state(false);
  #error = $state.raw<ApiError | null>(null);
  #fields = $state.raw<readonly DictionaryField[]>([]);
  #modules = $state.raw<readonly Named[]>([]);
  #labels = $state.raw<readonly Label[]>([]);
  #groups = $state.raw<readonly LabelGroup[]>([]);
  #kinds = $state.raw<readonly (Named & { place: 'resource' | 'hazard' })[]>([]);

  get ready(): boolean {
    return this.#ready;
  }
  get error(): ApiError | null {
    return this.#error;
  }
  get fields(): readonly DictionaryField[] {
    return this.#fields;
  }
  get modules(): readonly Named[] {
    return this.#modules;
  }
  get labels(): readonly Label[] {
    return this.#labels;
  }
  get groups(): readonly LabelGroup[] {
    return this.#groups;
  }

  load = async (): Promise<void> => {
    this.#error = null;
    try {
      [this.#fields, this.#modules, this.#labels, this.#groups, this.#kinds] = await Promise.all([
        listFields(),
        listModules(),
        listLabels(),
        listLabelGroups(),
        listPlaceKinds(),
      ]);
      this.#ready = true;
    } catch (cause) {
      this.#error = cause instanceof ApiError ? cause : new ApiError(0, 'unknown');
    }
  };

  /** Kinds of hazards or of resources. */
  kinds(place: 'resource' | 'hazard'): readonly Named[] {
    return this.#kinds.filter((kind) => kind.place === place);
  }

  /** What the rules speak of, in the language of the page. */
  names(categories: readonly Named[]): RuleNames {
    return {
      field: (code) => this.#fields.find((field) => field.code === code),
      thing: (kind, code) => {
        const list: readonly Named[] =
          kind === 'cases' ? categories : kind === 'visits' ? visitNames : this.#kinds;
        const found = list.find((one) => one.code === code);
        return found ? (english() ? found.name_en : found.name) : code;
      },
      english: english(),
    };
  }

  readonly label: Keeping<Label> = {
    save: async (row, version) => {
      const saved = await saveLabel(row, version);
      this.#labels = replaced(this.#labels, saved);
      return saved;
    },
    reread: async ({ code }) => {
      this.#labels = await listLabels();
      return this.#labels.find((one) => one.code === code) ?? null;
    },
  };

  readonly field: Keeping<DictionaryField> = {
    save: async (row, version) => {
      const saved = await saveField(row, version);
      this.#fields = replaced(this.#fields, saved);
      return saved;
    },
    reread: async ({ code }) => {
      this.#fields = await listFields();
      return this.#fields.find((one) => one.code === code) ?? null;
    },
  };
}

export const [archiveSettings, shareArchive] = createContext<ArchiveSettings>();
