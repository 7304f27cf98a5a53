import { canonicalJson, type Result, saidOnly, sha256Hex, WellspentError } from '../../../core/index.ts';
import type { Role } from '../../records/index.ts';
import { sql } from '../../warehouse/sql.ts';
import type { Entry } from '../entry/entry.ts';
import type { CharterVersion, KeptResultPayload } from '../entry/payloads.ts';
import type { ChainHead, Register, RegisterTransaction } from '../log/open-register.ts';

/** Who keeps something, and when: UTC in whole seconds. */
export interface Keeping {
  readonly recorded: string;
  readonly role: Role;
}

/** A Result that is in the register: where, and whether it came in just now. */
export interface KeptResult {
  readonly result: string;
  readonly index: number;
  readonly leaf: string;
  readonly version: number;
  /** False where the same figures, on the same data, charter and code, had been kept before. */
  readonly isNew: boolean;
}

/** SHA-256, in hexadecimal, of a Result's figures and tables: what must come again when it is worked out again. */
export function figuresHash({ figures, tables }: Pick<Result, 'figures' | 'tables'>): string {
  return sha256Hex(canonicalJson(saidOnly({ figures, tables })));
}

function payloadOf(head: ChainHead | null): unknown {
  return head === null ? undefined : (JSON.parse(head.line) as Entry).payload;
}

const same = (a: unknown, b: unknown) => a !== undefined && canonicalJson(a) === canonicalJson(b);

/**
 * Registers the charter as it is now, unless its latest version in the register has the same hash, and gives the
 * leaf of its entry.
 */
export async function noteCharter(
  inside: RegisterTransaction,
  charter: CharterVersion,
  { recorded, role }: Keeping,
): Promise<string> {
  const head = await inside.head('charter.version', charter.name);
  if (head && same(payloadOf(head), charter)) return head.leaf;
  const { leaf } = await inside.append({
    kind: 'charter.version',
    id: charter.name,
    version: (head?.version ?? 0) + 1,
    replaces: head?.leaf ?? null,
    recorded,
    role,
    payload: charter,
  });
  return leaf;
}

async function keep(
  inside: RegisterTransaction,
  result: Result,
  charter: CharterVersion,
  leafOfCharter: string,
  { recorded, role }: Keeping,
): Promise<KeptResult> {
  const { provenance } = result;
  if (provenance.charter !== null && provenance.charter.hash !== charter.hash)
    throw new WellspentError(
      'RECORD_INVALID',
      `The Result "${result.id}" was worked out under another charter.`,
    );
  const payload: KeptResultPayload = {
    result: result.id,
    status: result.status,
    figures: figuresHash(result),
    charter_hash: charter.hash,
    charter: leafOfCharter,
    sources: provenance.sources.map(({ sha256 }) => sha256),
    code: provenance.version,
  };
  const head = await inside.head('result.kept', result.id);
  if (head && same(payloadOf(head), payload)) {
    const { leaf, version, place } = head;
    return { result: result.id, index: place, leaf, version, isNew: false };
  }
  const version = (head?.version ?? 0) + 1;
  const { index, leaf } = await inside.append({
    kind: 'result.kept',
    id: result.id,
    version,
    replaces: head?.leaf ?? null,
    recorded,
    role,
    payload,
  });
  const text = canonicalJson(saidOnly(result));
  await inside.run(sql`insert into kept_results (leaf, result) values (${leaf}, ${text})`);
  return { result: result.id, index, leaf, version, isNew: true };
}

/**
 * Keeps Results: for each an entry with the hashes of its figures, its charter, its data and the code, and beside the
 * register the Result itself. The charter's version comes first, where the register does not have it. All of them
 * or none; a Result whose latest entry says the same already is left as it is.
 */
export function keepResults(
  register: Register,
  results: readonly Result[],
  charter: CharterVersion,
  keeping: Keeping,
): Promise<readonly KeptResult[]> {
  return register.transaction(async (inside) => {
    const leaf = await noteCharter(inside, charter, keeping);
    const kept: KeptResult[] = [];
    for (const result of results) kept.push(await keep(inside, result, charter, leaf, keeping));
    return kept;
  });
}

/** Keeps one Result, as `keepResults` does. */
export async function keepResult(
  register: Register,
  result: Result,
  charter: CharterVersion,
  keeping: Keeping,
): Promise<KeptResult> {
  const [kept] = await keepResults(register, [result], charter, keeping);
  return kept as KeptResult;
}
