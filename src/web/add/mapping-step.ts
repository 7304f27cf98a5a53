import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { WellspentError } from '../../core/index.ts';
import type { ExtractKind } from '../../define/index.ts';
import { type ExtractPreview, encodingReadings, nameToDecide } from '../../ingest/index.ts';
import { texts } from '../texts.ts';
import {
  type AddContext,
  type AddParams,
  type AddService,
  type FormError,
  forDraft,
  formOf,
  goTo,
  sendAddPage,
} from './add-context.ts';
import { decisionFor, type Fault, faultsOf } from './decide.ts';
import type { Decided, Draft } from './drafts.ts';
import { decisionIn } from './mapping-form.ts';
import { choicesOf, errorsOf, viewMapping } from './mapping-view.ts';
import { isPartQuestion } from './part-step.ts';
import { saidFaults } from './said-faults.ts';
import { startImport } from './start-import.ts';

const { part } = texts.add;

type SameNamed = AddService['sources'][number] | undefined;

/** The source that has this file's name already, where someone must say what becomes of both. */
function sameNamed(
  { sources }: AddService,
  { file, sheet, objectType }: Draft,
  { shown }: ExtractPreview,
  as: ExtractKind,
): Promise<SameNamed> {
  const part = { sheet: sheet ?? undefined, objectType: objectType ?? undefined };
  return nameToDecide(sources, { path: file, shown, rules: { as, ...part } });
}

interface Answered {
  readonly decided: Decided;
  readonly faults: readonly Fault[];
  /** An error that belongs to no part of the form. */
  readonly other?: FormError;
  readonly status: number;
}

function sendMapping(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  draft: Draft,
  preview: ExtractPreview,
  as: ExtractKind,
  same: SameNamed,
  { decided, faults, other, status }: Answered,
) {
  return sendAddPage(request, reply, context, service, {
    template: 'add/mapping.njk',
    title: texts.add.mapping.title(draft.name),
    status,
    errors: [...(other ? [other] : []), ...errorsOf(faults, preview).list],
    content: {
      ...viewMapping(service, draft, preview, as, decided, faults, same),
      action: `${service.path}/${draft.id}`,
      isFromCharter: draft.extract !== null,
      encoding: draft.encoding,
      isSplit: preview.delimiter !== null,
      part: draft.sheet === null ? (draft.objectType === null ? null : part.changeType) : part.changeSheet,
    },
  });
}

async function sendEncoding(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  draft: Draft,
  error: string | null,
) {
  const { encoding } = texts.add;
  const readings = await encodingReadings(draft.file);
  return sendAddPage(request, reply, context, service, {
    template: 'add/encoding.njk',
    title: encoding.title,
    status: error === null ? 200 : 400,
    errors: error === null ? [] : [{ text: error, href: '#encoding' }],
    content: {
      error,
      action: `${service.path}/${draft.id}/encoding`,
      items: readings.map(({ encoding: value, alike, words }) => ({
        value,
        text: words.length > 0 ? words.join(', ') : encoding.noWords,
        hint: { text: encoding.anyOf([value, ...alike].map((name) => encoding.names[name] ?? name)) },
        checked: draft.encoding !== null && [value, ...alike].includes(draft.encoding),
      })),
    },
  });
}

/** A file that cannot be read as it is: what is wrong, and the ways out. */
function sendUnreadable(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  draft: Draft,
  error: WellspentError,
) {
  return sendAddPage(request, reply, context, service, {
    template: 'add/unreadable.njk',
    title: texts.add.outcome.failed(draft.name),
    status: 400,
    content: {
      faults: saidFaults(error, draft),
      action: `${service.path}/${draft.id}`,
      isSplit: draft.delimiter !== null,
    },
  });
}

type PreviewStep = (
  request: FastifyRequest<{ Params: AddParams }>,
  reply: FastifyReply,
  service: AddService,
  draft: Draft,
  preview: ExtractPreview,
  as: ExtractKind,
  same: SameNamed,
) => Promise<FastifyReply>;

/** Goes on with the preview of a file, or first to what must be known before there can be one. */
function withPreview(context: AddContext, step: PreviewStep) {
  return forDraft(context, async (request, reply, service, draft) => {
    const { as } = draft;
    if (as === null) return goTo(reply, `${service.path}/${draft.id}/table`);
    const toEncoding = () => goTo(reply, `${service.path}/${draft.id}/encoding`);
    if (draft.asked.includes('encoding') && draft.encoding === null) return toEncoding();
    let preview: ExtractPreview;
    try {
      preview = await context.previews.of(service, draft, as);
    } catch (error) {
      if (!(error instanceof WellspentError)) throw error;
      if (error.code === 'ENCODING_UNKNOWN') return toEncoding();
      if (isPartQuestion(error)) return goTo(reply, `${service.path}/${draft.id}/part`);
      return sendUnreadable(request, reply, context, service, draft, error);
    }
    return step(request, reply, service, draft, preview, as, await sameNamed(service, draft, preview, as));
  });
}

/** Saying what each column is, answering what the file cannot tell, and starting the import. */
export function addMappingStep(app: FastifyInstance, context: AddContext): void {
  const path = '/:service/data/add/:draft';
  app.get<{ Params: AddParams }>(
    path,
    withPreview(context, (request, reply, service, draft, preview, as, same) => {
      const decided = decisionFor(preview, draft.answers);
      return sendMapping(request, reply, context, service, draft, preview, as, same, {
        decided,
        faults: [],
        status: 200,
      });
    }),
  );

  app.post<{ Params: AddParams }>(
    path,
    withPreview(context, async (request, reply, service, draft, preview, as, same) => {
      const form = formOf(request, context);
      const choices = new Set(choicesOf(as).map(({ value }) => value));
      const decided = decisionIn(form, preview, decisionFor(preview, draft.answers), choices);
      const faults = faultsOf(preview, as, decided, same !== undefined, draft.asked);
      const again = (answered: Omit<Answered, 'decided' | 'faults'>) =>
        sendMapping(request, reply, context, service, draft, preview, as, same, {
          decided,
          faults,
          ...answered,
        });
      service.drafts.update(draft.id, { answers: decided });
      if (faults.length > 0) return again({ status: 400 });
      const other = context.jobs.running(service.id);
      if (other?.draft === draft.id) return goTo(reply, `${service.path}/${draft.id}/progress`);
      if (other)
        return again({
          status: 409,
          other: { text: texts.add.busy(other.name), href: `${service.path}/${other.draft}/progress` },
        });
      startImport(context, service, draft, preview, as, decided, form.get('do') !== 'bring-in');
      return goTo(reply, `${service.path}/${draft.id}/progress`);
    }),
  );

  app.post<{ Params: AddParams }>(
    `${path}/again`,
    withPreview(context, async (request, reply, service, draft, preview, as, same) => {
      const form = formOf(request, context);
      const decided = decisionFor(preview, draft.answers);
      const faults = faultsOf(preview, as, decided, same !== undefined, draft.asked);
      const other = context.jobs.running(service.id);
      if (faults.length > 0 || (other && other.draft !== draft.id))
        return goTo(reply, `${service.path}/${draft.id}`);
      if (!other) startImport(context, service, draft, preview, as, decided, form.get('do') !== 'bring-in');
      return goTo(reply, `${service.path}/${draft.id}/progress`);
    }),
  );

  app.get<{ Params: AddParams }>(
    `${path}/encoding`,
    forDraft(context, (request, reply, service, draft) =>
      sendEncoding(request, reply, context, service, draft, null),
    ),
  );

  app.post<{ Params: AddParams }>(
    `${path}/encoding`,
    forDraft(context, async (request, reply, service, draft) => {
      const encoding = formOf(request, context).get('encoding') ?? '';
      if (!Object.hasOwn(texts.add.encoding.names, encoding))
        return sendEncoding(request, reply, context, service, draft, texts.add.encoding.missing);
      service.drafts.update(draft.id, { encoding });
      return goTo(reply, `${service.path}/${draft.id}`);
    }),
  );
}
