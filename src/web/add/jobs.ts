import { WellspentError } from '../../core/index.ts';
import type { AddRequest } from '../../ingest/index.ts';
import { type AddProgress, type AddReport, addExtract, workspaceToFill } from '../../ingest/index.ts';

/** How far a job is, or how it ended. */
export type JobState =
  | {
      readonly kind: 'running';
      readonly phase: 'reading' | 'writing' | 'answering';
      readonly progress: AddProgress | null;
    }
  | { readonly kind: 'ended'; readonly report: AddReport }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'stopped' };

/** A file being read on trial or brought in, in the background of the server. */
export interface Job {
  readonly service: string;
  readonly draft: string;
  readonly name: string;
  readonly isTrial: boolean;
  /** The zone that was answered for times that say none; null when it was not asked. */
  readonly timezone: string | null;
  readonly begun: Date;
  readonly state: JobState;
  /** Stops it; nothing of the workspace changes. Without effect once the tables are in place. */
  stop(): void;
  readonly ended: Promise<void>;
}

/** What a job is to do. */
export interface JobOrder {
  readonly service: string;
  readonly dir: string;
  readonly draft: string;
  readonly name: string;
  readonly request: Omit<AddRequest, 'workspace' | 'signal' | 'onProgress'>;
  /** Runs when the data are in: works out the answers anew. */
  readonly after: () => Promise<void>;
  /** Told how it ended. */
  readonly onEnd: (state: JobState) => void;
}

/** The jobs of a server: one at a time for each service; how each ended is remembered until the server stops. */
export interface Jobs {
  running(service: string): Job | undefined;
  find(service: string, draft: string): Job | undefined;
  /** Throws `WORKSPACE_BUSY` while another job of the service runs. */
  start(order: JobOrder): Job;
  /** Stops all and waits until each has cleaned up. */
  close(): Promise<void>;
}

const remembered = 100;

async function run(order: JobOrder, signal: AbortSignal, tell: (state: JobState) => void): Promise<JobState> {
  const isTrial = order.request.dryRun === true;
  try {
    const report = await addExtract({
      ...order.request,
      workspace: workspaceToFill(order.dir),
      signal,
      onProgress: (progress) => {
        const phase = progress.bytes >= progress.totalBytes ? 'writing' : 'reading';
        tell({ kind: 'running', phase, progress });
      },
    });
    if (!isTrial) {
      tell({ kind: 'running', phase: 'answering', progress: null });
      await order.after();
    }
    return { kind: 'ended', report };
  } catch (error) {
    const wasStopped = error instanceof WellspentError && error.code === 'WAREHOUSE_CANCELLED';
    return wasStopped ? { kind: 'stopped' } : { kind: 'failed', error };
  }
}

/** Makes the list of jobs of a server. */
export function newJobs(clock: () => Date): Jobs {
  const jobs: (Job & { state: JobState })[] = [];
  const running = (service: string) =>
    jobs.find((job) => job.service === service && job.state.kind === 'running');

  return {
    running,
    find: (service, draft) => jobs.findLast((job) => job.service === service && job.draft === draft),
    start(order) {
      const other = running(order.service);
      if (other) throw new WellspentError('WORKSPACE_BUSY', `${other.name} is being read at the moment.`);
      const controller = new AbortController();
      const state: JobState = { kind: 'running', phase: 'reading', progress: null };
      const job = {
        service: order.service,
        draft: order.draft,
        name: order.name,
        isTrial: order.request.dryRun === true,
        timezone: order.request.timezone ?? null,
        begun: clock(),
        state: state as JobState,
        stop: () => controller.abort(),
        ended: Promise.resolve(),
      };
      job.ended = run(order, controller.signal, (next) => {
        job.state = next;
      }).then((last) => {
        job.state = last;
        order.onEnd(last);
      });
      jobs.push(job);
      const oldest = jobs.findIndex(({ state: { kind } }) => kind !== 'running');
      if (jobs.length > remembered && oldest >= 0) jobs.splice(oldest, 1);
      return job;
    },
    async close() {
      for (const job of jobs) job.stop();
      await Promise.all(jobs.map(({ ended }) => ended));
    },
  };
}
