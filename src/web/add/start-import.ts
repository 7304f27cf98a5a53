import { WellspentError } from '../../core/index.ts';
import type { ExtractKind } from '../../define/index.ts';
import type { ExtractPreview } from '../../ingest/index.ts';
import type { AddContext, AddService } from './add-context.ts';
import { readingOf } from './decide.ts';
import { type Decided, type Draft, readingSaid } from './drafts.ts';
import type { JobState } from './jobs.ts';

/** What an import found out that must be asked about before it can be tried again. */
function askedAfter(state: JobState): Draft['asked'] {
  if (state.kind !== 'failed' || !(state.error instanceof WellspentError)) return [];
  if (state.error.code === 'ENCODING_UNKNOWN') return ['encoding'];
  return state.error.code === 'DATE_ORDER_AMBIGUOUS' ? ['date-order'] : [];
}

/** Starts to read a file as decided, on trial or for good. Throws `WORKSPACE_BUSY` while another is read. */
export function startImport(
  context: AddContext,
  service: AddService,
  draft: Draft,
  preview: ExtractPreview,
  as: ExtractKind,
  decided: Decided,
  isTrial: boolean,
): void {
  const { drafts, dir, id } = service;
  context.jobs.start({
    service: id,
    dir,
    draft: draft.id,
    name: draft.name,
    request: {
      ...readingOf(preview, as, decided),
      file: draft.file,
      as,
      shownAs: draft.name,
      sameName: decided.sameName ?? undefined,
      ...readingSaid(draft),
      dryRun: isTrial,
      now: context.clock,
    },
    // The answers are kept by their fingerprint; if they cannot be worked out, the home page says why.
    after: () =>
      context.shelf.open(id).then(
        () => {},
        () => {},
      ),
    onEnd: (state) => {
      if (state.kind === 'ended' && !isTrial) drafts.remove(draft.id);
      else drafts.update(draft.id, { started: false, asked: [...draft.asked, ...askedAfter(state)] });
    },
  });
  drafts.update(draft.id, { answers: decided, started: !isTrial });
}
