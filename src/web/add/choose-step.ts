import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formatValue, WellspentError } from '../../core/index.ts';
import {
  type Extract,
  extractName,
  extractPath,
  type FilePart,
  isOfExtract,
  partWords,
} from '../../define/index.ts';
import { texts } from '../texts.ts';
import {
  type AddContext,
  type AddParams,
  type AddService,
  forDraft,
  formOf,
  forService,
  goTo,
  sendAddPage,
} from './add-context.ts';
import type { Draft } from './drafts.ts';
import { receiveUpload } from './receive-upload.ts';
import { saidFaults } from './said-faults.ts';

const { choose, tables } = texts.add;

/** Bytes in the words of a page: 2 GB, 512 MB. */
function sizeInWords(bytes: number): string {
  if (bytes >= 1e9) return `${Math.round(bytes / 1e8) / 10} GB`;
  if (bytes >= 1e6) return `${Math.round(bytes / 1e6)} MB`;
  return `${Math.max(1, Math.round(bytes / 1000))} KB`;
}

/** What a draft is called among others: its file and part, numbered where several would be called alike. */
function namesOf(drafts: readonly Draft[]): readonly string[] {
  const names = drafts.map(
    ({ name, sheet, objectType }) =>
      name + partWords({ sheet: sheet ?? undefined, objectType: objectType ?? undefined }),
  );
  return names.map((name, i) => {
    const all = names.filter((other) => other === name).length;
    const nth = names.slice(0, i + 1).filter((other) => other === name).length;
    return all === 1 ? name : choose.nthOf(name, nth, all);
  });
}

function viewDraft(draft: Draft, name: string, context: AddContext, service: AddService) {
  const job = context.jobs.find(service.id, draft.id);
  const isRunning = job?.state.kind === 'running';
  const state = isRunning ? choose.reading : draft.started ? choose.interrupted : choose.prepared;
  return {
    name,
    state,
    isRunning,
    fills: draft.as === null ? null : choose.fills(tables[draft.as].name),
    chosen: choose.sentAt(formatValue(draft.preparedAt, 'time')),
    href: `${service.path}/${draft.id}${isRunning ? '/progress' : ''}`,
    removal: `${service.path}/${draft.id}/remove`,
  };
}

/** The part of its file that an extract is, where the charter lists several for one table; else the charter is enough. */
function partOf(extracts: readonly Extract[], extract: Extract): FilePart {
  const isAlone = extracts.every(
    (other) => other === extract || other.as !== extract.as || extractPath(other) !== extractPath(extract),
  );
  return isAlone ? {} : { sheet: extract.sheet, objectType: extract.object_type };
}

/** Extracts of the charter that no source stands for yet, and that nobody has taken up. */
function openExtracts({ dir, loaded, sources, drafts }: AddService) {
  const taken = new Set(
    drafts
      .list()
      .flatMap(({ extract, sheet, objectType }) =>
        extract === null
          ? []
          : [
              extract,
              extract + partWords({ sheet: sheet ?? undefined, objectType: objectType ?? undefined }),
            ],
      ),
  );
  return loaded.charter.extracts.flatMap((extract, index) => {
    const file = extractPath(extract);
    const name = extractName(extract);
    const isIn = sources.some((source) => isOfExtract(extract, source));
    // A draft of the charter says which part it is only where the charter lists several of its file.
    const part = partOf(loaded.charter.extracts, extract);
    if (isIn || taken.has(file + partWords(part))) return [];
    return [{ index, file, name, part, as: extract.as, isThere: existsSync(resolve(dir, file)) }];
  });
}

interface Trouble {
  readonly message: string;
  readonly status: number;
}

function sendChoice(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AddContext,
  service: AddService,
  trouble?: Trouble,
) {
  const limit = sizeInWords(context.uploadBytes);
  const drafts = service.drafts.list();
  const names = namesOf(drafts);
  return sendAddPage(request, reply, context, service, {
    template: 'add/choose.njk',
    title: texts.add.title,
    isFirst: true,
    status: trouble?.status ?? 200,
    errors: trouble ? [{ text: trouble.message, href: '#file' }] : [],
    content: {
      hint: choose.fileHint(limit),
      fileError: trouble?.message ?? null,
      drafts: drafts.map((draft, i) => viewDraft(draft, names[i] ?? draft.name, context, service)),
      extracts: openExtracts(service).map((extract) => ({
        ...extract,
        fills: choose.fills(tables[extract.as].name),
      })),
    },
  });
}

function uploadTrouble(error: unknown, limit: number): Trouble {
  if (!(error instanceof WellspentError)) throw error;
  if (error.code === 'UPLOAD_TOO_LARGE') return { message: choose.tooLarge(sizeInWords(limit)), status: 413 };
  if (error.code === 'UPLOAD_BROKEN') return { message: choose.broken, status: 400 };
  if (error.code === 'FILE_NOT_WRITTEN') return { message: choose.full, status: 507 };
  throw error;
}

/** Errors of a file that is sound and leaves open how it is to be read. */
const mustBeAsked: ReadonlySet<string> = new Set([
  'ENCODING_UNKNOWN',
  'SHEET_AMBIGUOUS',
  'OBJECT_TYPE_AMBIGUOUS',
]);

/** What makes a file unreadable whatever it is said to hold; null when it can, perhaps after a question. */
async function unreadable(
  context: AddContext,
  service: AddService,
  draft: Draft,
): Promise<WellspentError | null> {
  try {
    await context.previews.of(service, draft, 'cases');
    return null;
  } catch (error) {
    if (!(error instanceof WellspentError)) throw error;
    return mustBeAsked.has(error.code) ? null : error;
  }
}

/** Choosing a file: one that is sent, an extract that the charter names, or one that waits to be finished. */
export function addChooseStep(app: FastifyInstance, context: AddContext): void {
  const path = '/:service/data/add';
  app.get<{ Params: AddParams }>(
    path,
    forService(context, (request, reply, service) => sendChoice(request, reply, context, service)),
  );

  app.post<{ Params: AddParams }>(
    path,
    forService(context, async (request, reply, service) => {
      let draft: Draft | null;
      try {
        draft = await receiveUpload(request, service.drafts, context.token, context.uploadBytes);
      } catch (error) {
        const trouble = uploadTrouble(error, context.uploadBytes);
        return sendChoice(request, reply, context, service, trouble);
      }
      if (!draft)
        return sendChoice(request, reply, context, service, { message: choose.noFile, status: 400 });
      const error = await unreadable(context, service, draft);
      if (!error) return goTo(reply, `${service.path}/${draft.id}/table`);
      service.drafts.remove(draft.id);
      const message = saidFaults(error, draft)
        .map((fault) => `${fault.message} ${fault.remedy}`)
        .join(' ');
      return sendChoice(request, reply, context, service, { message, status: 400 });
    }),
  );

  app.post<{ Params: AddParams }>(
    `${path}/extract`,
    forService(context, async (request, reply, service) => {
      const wanted = formOf(request, context).get('extract');
      const extract = openExtracts(service).find(({ index, isThere }) => isThere && String(index) === wanted);
      if (!extract) return goTo(reply, service.path);
      const draft = service.drafts.take(extract.file, extract.as, extract.part);
      return goTo(reply, `${service.path}/${draft.id}`);
    }),
  );

  app.post<{ Params: AddParams }>(
    `${path}/:draft/remove`,
    forDraft(context, async (request, reply, service, draft) => {
      formOf(request, context);
      const job = context.jobs.find(service.id, draft.id);
      if (job?.state.kind === 'running') return goTo(reply, `${service.path}/${draft.id}/progress`);
      service.drafts.remove(draft.id);
      return goTo(reply, service.path);
    }),
  );
}
