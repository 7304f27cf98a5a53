import type { Answers } from '../../answers/index.ts';
import type { Result } from '../../core/index.ts';
import { type OptionDraft, standingOf } from '../../find/index.ts';
import { texts } from '../texts.ts';

/** A draft as the page shows it, with how it stands against the findings of today. */
export interface OptionView {
  readonly id: string;
  readonly title: string;
  readonly taken: string;
  readonly facts: OptionDraft['facts'];
  readonly confidence: string;
  readonly question: string;
  readonly evidence: string | null;
  readonly standing: { readonly word: string; readonly colour: string; readonly text: string };
}

/** The Result that drafts are taken from. */
export function findingsOf({ find }: Answers): Result | undefined {
  return find.find(({ id }) => id === 'findings');
}

/** Formats a draft; `service` is the one it belongs to, below which its evidence stands. */
export function viewOption(draft: OptionDraft, findings: Result | undefined, service: string): OptionView {
  const { is, today } = standingOf(draft, findings);
  const standing = texts.options.standing[is];
  return {
    id: draft.id,
    title: draft.title,
    taken: draft.taken,
    facts: draft.facts,
    confidence: draft.confidence,
    question: draft.question,
    evidence: draft.evidence === '' ? null : `/${service}/${draft.evidence}`,
    standing: {
      word: standing.word,
      colour: standing.colour,
      text: is === 'changed' && today !== null ? `${standing.text} ${today}` : standing.text,
    },
  };
}
