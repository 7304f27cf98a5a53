/** Drafts of options: what a finding said when somebody thought of doing something about it. */
export {
  draftOption,
  keepOption,
  type OptionDraft,
  optionDrafts,
  removeOption,
  type Standing,
  standingOf,
} from './option-draft.ts';
